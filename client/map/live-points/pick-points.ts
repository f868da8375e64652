import type { PointBuffer } from './point-buffer.ts'

/** A finger or a pointer need not hit a small sign exactly, CSS pixels. */
const slack = 4

/**
 * Ids of the points whose sign lies under (x, y), topmost first. `matrix` takes anchor-relative Mercator coordinates to clip space,
 * `viewport` and (x, y) are CSS pixels.
 */
export function pickPoints(points: PointBuffer, matrix: Float64Array, [width, height]: readonly [number, number], scale: number, x: number, y: number): string[] {
  const { floats, count } = points
  const hits: string[] = []
  for (let slot = count - 1; slot >= 0; slot--) {
    const [px, py, radius] = [floats[slot * 5]!, floats[slot * 5 + 1]!, floats[slot * 5 + 2]!]
    const w = matrix[3]! * px + matrix[7]! * py + matrix[15]!
    if (w <= 0)
      continue
    const screenX = ((matrix[0]! * px + matrix[4]! * py + matrix[12]!) / w * 0.5 + 0.5) * width
    const screenY = (0.5 - (matrix[1]! * px + matrix[5]! * py + matrix[13]!) / w * 0.5) * height
    const reach = radius * scale * 1.2 + slack
    if ((screenX - x) ** 2 + (screenY - y) ** 2 <= reach * reach)
      hits.push(points.idAt(slot))
  }
  return hits
}
