import type { Point } from '../geometry/plane.ts'

/** A building's outline with its south-west corner at [0, 0], counter-clockwise, and its doors on that outline. */
export interface Shape { ring: Point[], doors: Point[] }

/** A straight slab; one door a unit (单元), on the north side. */
export function slab(length: number, depth: number, units: number): Shape {
  return {
    ring: [
      [0, 0],
      [length, 0],
      [length, depth],
      [0, depth],
    ],
    doors: northDoors(length, depth, units),
  }
}

/** A slab whose units step back from each other, as often built in the 1990s and after. */
export function steppedSlab(length: number, depth: number, units: number, step: number): Shape {
  const unit = length / units
  const south: Point[] = []
  const north: Point[] = []
  const doors: Point[] = []
  for (let i = 0; i < units; i++) {
    const off = i % 2 === 0
      ? 0
      : step
    south.push([i * unit, off], [(i + 1) * unit, off])
    north.push([i * unit, off + depth], [(i + 1) * unit, off + depth])
    doors.push([(i + 0.5) * unit, off + depth])
  }
  return {
    ring: [
      ...south,
      ...north.toReversed(),
    ],
    doors,
  }
}

/** A tower with cut corners and a bay for the lobby: about square. */
export function tower(length: number, depth: number): Shape {
  const wing = length * 0.3
  const bay = depth * 0.24
  const ring: Point[] = [
    [0, bay * 0.5],
    [wing, bay * 0.5],
    [wing, 0],
    [length - wing, 0],
    [length - wing, bay * 0.5],
    [length, bay * 0.5],
    [length, depth],
    [length - wing, depth],
    [length - wing, depth - bay],
    [wing, depth - bay],
    [wing, depth],
    [0, depth],
  ]
  return {
    ring,
    doors: [
      [length / 2, depth - bay],
    ],
  }
}

function box(length: number, depth: number): Shape {
  return {
    ring: [
      [0, 0],
      [length, 0],
      [length, depth],
      [0, depth],
    ],
    doors: [
      [length / 2, 0],
    ],
  }
}

/** Two wings behind a front: schools, offices. */
function uShape(length: number, depth: number, wing: number): Shape {
  return {
    ring: [
      [0, 0],
      [length, 0],
      [length, depth],
      [length - wing, depth],
      [length - wing, wing],
      [wing, wing],
      [wing, depth],
      [0, depth],
    ],
    doors: [
      [length / 2, 0],
    ],
  }
}

function lShape(length: number, depth: number, wing: number): Shape {
  return {
    ring: [
      [0, 0],
      [length, 0],
      [length, wing],
      [wing, wing],
      [wing, depth],
      [0, depth],
    ],
    doors: [
      [length * 0.6, 0],
    ],
  }
}

function eShape(length: number, depth: number, wing: number): Shape {
  const middle = length / 2
  return {
    ring: [
      [0, 0],
      [length, 0],
      [length, depth],
      [length - wing, depth],
      [length - wing, wing],
      [middle + wing / 2, wing],
      [middle + wing / 2, depth],
      [middle - wing / 2, depth],
      [middle - wing / 2, wing],
      [wing, wing],
      [wing, depth],
      [0, depth],
    ],
    doors: [
      [middle * 0.7, 0],
    ],
  }
}

function hShape(length: number, depth: number, wing: number): Shape {
  const low = (depth - wing) / 2
  return {
    ring: [
      [0, 0],
      [wing, 0],
      [wing, low],
      [length - wing, low],
      [length - wing, 0],
      [length, 0],
      [length, depth],
      [length - wing, depth],
      [length - wing, low + wing],
      [wing, low + wing],
      [wing, depth],
      [0, depth],
    ],
    doors: [
      [length / 2, low],
    ],
  }
}

export type PublicShape = 'box' | 'u' | 'l' | 'e' | 'h'

export function publicShape(kind: PublicShape, length: number, depth: number, wing: number): Shape {
  const fits = wing * 2.6 < Math.min(length, depth)
  if (kind === 'box' || !fits) {
    return box(length, Math.min(depth, fits
      ? depth
      : wing * 2.2))
  }
  if (kind === 'u')
    return uShape(length, depth, wing)
  if (kind === 'l')
    return lShape(length, depth, wing)
  return kind === 'e' && wing * 4 < length
    ? eShape(length, depth, wing)
    : hShape(length, depth, wing)
}

function northDoors(length: number, depth: number, units: number): Point[] {
  return Array.from({ length: units }, (_, i): Point => [(i + 0.5) * length / units, depth])
}
