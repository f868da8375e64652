import type { CaseKind, CaseStage } from '#contract/case.ts'
import type { Ring } from './symbols/draw-sign.ts'
import { mercatorX, mercatorY } from './live-points/point-buffer.ts'

/** A located case as the map needs it. */
export interface CasePoint {
  id: string
  lng: number
  lat: number
  kind: CaseKind
  stage: CaseStage
  ring: Ring
  /** Whoever reported it, with those whose cases were merged into it. */
  complainants: number
  /** Larger is more urgent. */
  urgency: number
}

/** One sign on the screen and the cases behind it, most urgent first; the first gives the sign its shape, colour and ring. */
export interface Place {
  lng: number
  lat: number
  members: CasePoint[]
}

export interface MergeOptions {
  zoom: number
  /** Signs nearer than this would cover each other, CSS pixels. */
  radius: number
  /** Cases that keep a sign of their own, because a call-out points at them: the newest, the selected. */
  apart?: ReadonlySet<string>
}

/**
 * Gathers cases that would cover each other on the screen. Each joins the nearest sign of a more urgent one, so what is shown is
 * always the most urgent. Does not depend on where the map looks, only on how near: panning changes nothing.
 *
 * Every case is in exactly one place: N cases in M places is what the map writes beside itself.
 */
export function mergeOnScreen(points: readonly CasePoint[], { zoom, radius, apart }: MergeOptions): Place[] {
  const worldPixels = 512 * 2 ** zoom
  const places: (Place & { x: number, y: number, alone: boolean })[] = []
  const cells = new Map<string, number[]>()
  const ranked = [...points].sort((a, b) => b.urgency - a.urgency || (a.id < b.id
    ? -1
    : 1))

  for (const point of ranked) {
    const x = mercatorX(point.lng) * worldPixels
    const y = mercatorY(point.lat) * worldPixels
    const [column, row] = [
      Math.floor(x / radius),
      Math.floor(y / radius),
    ]
    const alone = apart?.has(point.id) ?? false
    const near = alone
      ? null
      : nearest(x, y, column, row)
    if (near) {
      near.members.push(point)
      continue
    }
    const key = `${column},${row}`
    const cell = cells.get(key)
    if (cell)
      cell.push(places.length)
    else
      cells.set(key, [places.length])
    places.push({
      lng: point.lng,
      lat: point.lat,
      members: [point],
      x,
      y,
      alone,
    })
  }
  return places.map(({ lng, lat, members }) => ({ lng, lat, members }))

  function nearest(x: number, y: number, column: number, row: number): Place | null {
    let best: Place | null = null
    let bestSquare = radius * radius
    for (let i = column - 1; i <= column + 1; i++) {
      for (let j = row - 1; j <= row + 1; j++) {
        for (const index of cells.get(`${i},${j}`) ?? []) {
          const place = places[index]!
          const square = (place.x - x) ** 2 + (place.y - y) ** 2
          if (!place.alone && square < bestSquare) {
            best = place
            bestSquare = square
          }
        }
      }
    }
    return best
  }
}
