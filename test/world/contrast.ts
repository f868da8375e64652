/** Contrast of two colours (#RRGGBB) after WCAG 2.2: 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [
    luminance(a),
    luminance(b),
  ].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045
      ? share / 12.92
      : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
