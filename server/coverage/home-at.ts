import type { LocalFrame } from './local-metres.ts'
import type { Buildings } from './buildings.ts'
import { contains, outlineOf } from './buildings.ts'
import { eastOf, northOf } from './local-metres.ts'
import { nearestPoints } from './nearest-point.ts'

/** A case is at home in the nearest house whose outline is that near: callers are put at a door or in the yard before it, metres. */
const nearMetres = 50

/** The house with residents aged 60 or more in which, or right before which, a place lies; -1 = none. */
export function homeAt({ frame, buildings }: { frame: LocalFrame, buildings: Buildings }, lng: number, lat: number): number {
  const [x, y] = [
    eastOf(frame, lng),
    northOf(frame, lat),
  ]
  const pair = new Float64Array(4)
  let nearest = { home: -1, metres: nearMetres }
  for (const b of buildings.boxes?.search(x - nearMetres, y - nearMetres, x + nearMetres, y + nearMetres) ?? []) {
    if (!(buildings.aged60[b]! > 0))
      continue
    if (contains(buildings, b, x, y))
      return b
    nearestPoints(outlineOf(buildings, b), x, y, x, y, pair)
    if (pair[3]! < nearest.metres || (pair[3] === nearest.metres && b < nearest.home))
      nearest = { home: b, metres: pair[3]! }
  }
  return nearest.home
}
