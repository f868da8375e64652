import type { FeatureCollection, Position } from 'geojson'
import type { Feature } from '#contract/geometry.ts'
import { labelPlace, polygonsOf } from './label-place.ts'

const metresPerDegree = 111_132

/**
 * Buildings out of reach gathered into hexagons, so that people are seen instead of roofs and nobody's house is singled out.
 * `missed` are features with `properties.people` (aged 60+); the result has one hexagon for each cell where somebody lives, with
 * `people` and `step` 0 (below 30), 1 (30 and more), 2 (80 and more). The grid hangs on whole tenths of a degree: a change to one
 * building moves no hexagon.
 */
export function missedToHexagons(missed: readonly Feature[], radiusMetres = 62): FeatureCollection {
  const places = missed.flatMap((feature) => {
    const at = placeOf(feature)
    const people = Number(feature.properties.people ?? 0)
    return at && people > 0
      ? [
          { at, people },
        ]
      : []
  })
  if (places.length === 0)
    return { type: 'FeatureCollection', features: [] }

  const origin: Position = [
    floorTenth(places[0]!.at[0]!),
    floorTenth(places[0]!.at[1]!),
  ]
  const lngMetres = metresPerDegree * Math.cos((origin[1]! + 0.05) * Math.PI / 180)
  const cells = new Map<string, { q: number, r: number, people: number }>()
  for (const { at, people } of places) {
    const { q, r } = cellAt((at[0]! - origin[0]!) * lngMetres, (at[1]! - origin[1]!) * metresPerDegree, radiusMetres)
    const cell = cells.get(`${q},${r}`) ?? { q, r, people: 0 }
    cell.people += people
    cells.set(`${q},${r}`, cell)
  }
  return {
    type: 'FeatureCollection',
    features: [
      ...cells.values(),
    ].map(({ q, r, people }) => ({
      type: 'Feature',
      properties: {
        people,
        step: people >= 80
          ? 2
          : people >= 30
            ? 1
            : 0,
      },
      geometry: {
        type: 'Polygon',
        coordinates: [
          corners(q, r, radiusMetres).map(([x, y]) => [origin[0]! + x / lngMetres, origin[1]! + y / metresPerDegree]),
        ],
      },
    })),
  }
}

/** Axial coordinates of the pointy-topped hexagon in which a point lies, by rounding in cube coordinates (they sum to 0). */
function cellAt(x: number, y: number, radius: number): { q: number, r: number } {
  const q = (Math.sqrt(3) / 3 * x - y / 3) / radius
  const r = (2 / 3 * y) / radius
  const s = -q - r
  const [roundQ, roundR, roundS] = [
    Math.round(q),
    Math.round(r),
    Math.round(s),
  ]
  const [offQ, offR, offS] = [
    Math.abs(roundQ - q),
    Math.abs(roundR - r),
    Math.abs(roundS - s),
  ]
  if (offQ > offR && offQ > offS)
    return { q: -roundR - roundS, r: roundR }
  return offR > offS
    ? { q: roundQ, r: -roundQ - roundS }
    : { q: roundQ, r: roundR }
}

/** The closed ring of a cell in metres, drawn a little smaller than its share so that neighbours stay apart. */
function corners(q: number, r: number, radius: number): [number, number][] {
  const [x, y] = [radius * Math.sqrt(3) * (q + r / 2), radius * 1.5 * r]
  return Array.from({ length: 7 }, (_, i) => {
    const angle = Math.PI / 6 + i * Math.PI / 3
    return [x + 0.95 * radius * Math.cos(angle), y + 0.95 * radius * Math.sin(angle)]
  })
}

function placeOf({ geometry }: Feature): Position | null {
  if (geometry?.type === 'Point')
    return geometry.coordinates
  const [largest] = polygonsOf(geometry)
  return largest
    ? labelPlace(largest)
    : null
}

function floorTenth(degrees: number): number {
  return Math.floor(degrees * 10) / 10
}
