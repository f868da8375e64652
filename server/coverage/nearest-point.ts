/** Where something stands that is to be linked: one point, or outlines as closed rings one after another. Metres in the graph's frame. */
export interface Shape {
  x: Float32Array
  y: Float32Array
  /** first point of each ring, and the count of points at the end; a single point is a ring of one */
  rings: Int32Array
}

export function pointShape(x: number, y: number): Shape {
  return {
    x: Float32Array.of(x),
    y: Float32Array.of(y),
    rings: Int32Array.of(0, 1),
  }
}

/** sin² of the angle up to which a side runs along a street, and how much further than its nearest corner its middle may be */
const alongside = 0.03
const facing = 0.5

/** Nearest points of a shape and a segment a–b; into `out`: fraction along the segment, point of the shape, metres. */
export function nearestPoints(shape: Shape, ax: number, ay: number, bx: number, by: number, out: Float64Array): void {
  let best = Infinity
  const dx = bx - ax
  const dy = by - ay
  const length2 = dx * dx + dy * dy
  if (shape.x.length === 1) {
    const px = shape.x[0]!
    const py = shape.y[0]!
    const t = length2 > 0
      ? Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length2))
      : 0
    out[0] = t
    out[1] = px
    out[2] = py
    out[3] = Math.sqrt((ax + dx * t - px) ** 2 + (ay + dy * t - py) ** 2)
    return
  }
  for (let r = 0; r + 1 < shape.rings.length; r++) {
    const from = shape.rings[r]!
    const until = shape.rings[r + 1]!
    for (let i = from; i < until; i++) {
      const px = shape.x[i]!
      const py = shape.y[i]!
      // From the outline's corner to the segment …
      const t = length2 > 0
        ? Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length2))
        : 0
      const gap = (ax + dx * t - px) ** 2 + (ay + dy * t - py) ** 2
      if (gap < best) {
        best = gap
        out[0] = t
        out[1] = px
        out[2] = py
      }
      if (i + 1 === until)
        continue
      // … from the segment's ends to the outline's side, and where the two cross.
      const qx = shape.x[i + 1]! - px
      const qy = shape.y[i + 1]! - py
      const side2 = qx * qx + qy * qy
      if (side2 === 0)
        continue
      for (let end = 0; end <= 1; end++) {
        const ex = end ? bx : ax
        const ey = end ? by : ay
        const u = Math.min(1, Math.max(0, ((ex - px) * qx + (ey - py) * qy) / side2))
        const across = (px + qx * u - ex) ** 2 + (py + qy * u - ey) ** 2
        if (across < best) {
          best = across
          out[0] = end
          out[1] = px + qx * u
          out[2] = py + qy * u
        }
      }
      const turn = dx * qy - dy * qx
      // A side that runs along the street is left from the middle of what faces it.
      if (turn * turn < alongside * length2 * side2) {
        const t1 = Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length2))
        const t2 = Math.min(1, Math.max(0, ((px + qx - ax) * dx + (py + qy - ay) * dy) / length2))
        const middle = (t1 + t2) / 2
        const [mx, my] = [ax + dx * middle, ay + dy * middle]
        const u = Math.min(1, Math.max(0, ((mx - px) * qx + (my - py) * qy) / side2))
        const across = (px + qx * u - mx) ** 2 + (py + qy * u - my) ** 2
        if (t1 !== t2 && Math.sqrt(across) < Math.sqrt(best) + facing) {
          best = across
          out[0] = middle
          out[1] = px + qx * u
          out[2] = py + qy * u
        }
      }
      if (turn !== 0) {
        const s = ((px - ax) * qy - (py - ay) * qx) / turn
        const u = ((px - ax) * dy - (py - ay) * dx) / turn
        if (s >= 0 && s <= 1 && u >= 0 && u <= 1) {
          best = 0
          out[0] = s
          out[1] = px + qx * u
          out[2] = py + qy * u
        }
      }
    }
  }
  out[3] = Math.sqrt(best)
}
