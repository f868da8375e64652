/** Metres in the town's plane: [east, north]. */
export type Point = readonly [x: number, y: number]
/** A closed outline without the repeated last point; counter-clockwise unless said otherwise. */
export type Ring = readonly Point[]

export const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1])
export const between = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
export const shift = (p: Point, direction: Point, metres: number): Point => [p[0] + direction[0] * metres, p[1] + direction[1] * metres]
export const leftOf = (direction: Point): Point => [-direction[1], direction[0]]

export function directionOf(a: Point, b: Point): Point {
  const length = distance(a, b) || 1
  return [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
}

/** Positive when counter-clockwise. */
export function signedArea(ring: Ring): number {
  let sum = 0
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = ring[i]!
    const [bx, by] = ring[(i + 1) % ring.length]!
    sum += ax * by - bx * ay
  }
  return sum / 2
}

export function centroid(ring: Ring): Point {
  const area = signedArea(ring)
  if (Math.abs(area) < 1e-9)
    return between(ring[0]!, ring[Math.floor(ring.length / 2)]!, 0.5)
  const [ox, oy] = ring[0]!
  let x = 0
  let y = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    const cross = (a[0] - ox) * (b[1] - oy) - (b[0] - ox) * (a[1] - oy)
    x += (a[0] + b[0] - 2 * ox) * cross
    y += (a[1] + b[1] - 2 * oy) * cross
  }
  return [ox + x / (6 * area), oy + y / (6 * area)]
}

export function contains(ring: Ring, [x, y]: Point): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!
    const [bx, by] = ring[j]!
    if ((ay > y) !== (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax)
      inside = !inside
  }
  return inside
}

/** Where segment a–b meets c–d, as shares of both; undefined when they do not. */
export function crossing(a: Point, b: Point, c: Point, d: Point): { t: number, s: number, at: Point } | undefined {
  const rx = b[0] - a[0]
  const ry = b[1] - a[1]
  const sx = d[0] - c[0]
  const sy = d[1] - c[1]
  const divisor = rx * sy - ry * sx
  if (Math.abs(divisor) < 1e-12)
    return undefined
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / divisor
  const s = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / divisor
  return t < 0 || t > 1 || s < 0 || s > 1
    ? undefined
    : {
        t,
        s,
        at: [a[0] + rx * t, a[1] + ry * t],
      }
}

/** The foot of p on segment a–b. */
export function footOn(a: Point, b: Point, p: Point): { t: number, at: Point, metres: number } {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const squared = dx * dx + dy * dy
  const t = squared === 0
    ? 0
    : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / squared))
  const at: Point = [a[0] + dx * t, a[1] + dy * t]
  return {
    t,
    at,
    metres: distance(at, p),
  }
}

/** Metres from p to the nearest point of an open line. */
export function distanceToLine(line: readonly Point[], p: Point): number {
  let nearest = Infinity
  for (let i = 1; i < line.length; i++)
    nearest = Math.min(nearest, footOn(line[i - 1]!, line[i]!, p).metres)
  return nearest
}

export function boundsOf(points: readonly Point[]): { west: number, south: number, east: number, north: number } {
  const bounds = {
    west: Infinity,
    south: Infinity,
    east: -Infinity,
    north: -Infinity,
  }
  for (const [x, y] of points) {
    bounds.west = Math.min(bounds.west, x)
    bounds.east = Math.max(bounds.east, x)
    bounds.south = Math.min(bounds.south, y)
    bounds.north = Math.max(bounds.north, y)
  }
  return bounds
}

export function rotate([x, y]: Point, radians: number, [ox, oy]: Point = [0, 0]): Point {
  const cos = Math.cos(radians)
  const sin = Math.sin(radians)
  return [ox + (x - ox) * cos - (y - oy) * sin, oy + (x - ox) * sin + (y - oy) * cos]
}

/** True when the outlines share any area or touch across edges. */
export function overlap(a: Ring, b: Ring): boolean {
  const p = boundsOf(a)
  const q = boundsOf(b)
  if (p.west > q.east || q.west > p.east || p.south > q.north || q.south > p.north)
    return false
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      if (crossing(a[i]!, a[(i + 1) % a.length]!, b[j]!, b[(j + 1) % b.length]!))
        return true
    }
  }
  return contains(a, b[0]!) || contains(b, a[0]!)
}

/** True when the straight way from a to b meets the outline. */
export function cutsThrough(a: Point, b: Point, ring: Ring): boolean {
  return ring.some((p, i) => crossing(a, b, p, ring[(i + 1) % ring.length]!) !== undefined)
}
