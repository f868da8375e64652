/** Size of 1 rem in pixels: what is drawn on a canvas grows with the wall as the text does. */
export function remPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}
