import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'

/** Numbers from 0 to 1 that are the same each time (Lehmer, 1951; factor of Park and Miller's minimal standard as revised in 1993). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = state * 48271 % 2147483647) / 2147483647
}

/** A town to draw below the points, so that a frame costs what it costs on a wall: 3,000 houses and 240 streets. */
export function groundOf([west, south, east, north]: [number, number, number, number]): { id: string, source: SourceSpecification, layer: LayerSpecification }[] {
  const random = randomFrom(7)
  const houses = Array.from({ length: 3000 }, () => {
    const [lng, lat] = [west + random() * (east - west), south + random() * (north - south)]
    const [width, height] = [0.003 * random(), 0.0015 * random()]
    return {
      type: 'Polygon' as const,
      coordinates: [
        [
          [lng, lat],
          [lng + width, lat],
          [lng + width, lat + height],
          [lng, lat + height],
          [lng, lat],
        ],
      ],
    }
  })
  const streets = Array.from({ length: 240 }, (_, i) => {
    const share = random()
    return {
      type: 'LineString' as const,
      coordinates: i % 2
        ? [
            [west, south + share * (north - south)],
            [east, south + share * (north - south)],
          ]
        : [
            [west + share * (east - west), south],
            [west + share * (east - west), north],
          ],
    }
  })
  const source = (geometries: (typeof houses[number] | typeof streets[number])[]): SourceSpecification => ({
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: geometries.map(geometry => ({ type: 'Feature', properties: {}, geometry })),
    },
  })
  return [
    {
      id: 'houses',
      source: source(houses),
      layer: {
        id: 'houses',
        type: 'fill',
        source: 'houses',
        paint: { 'fill-color': '#2A3E4B', 'fill-outline-color': '#3F5664' },
      },
    },
    {
      id: 'streets',
      source: source(streets),
      layer: {
        id: 'streets',
        type: 'line',
        source: 'streets',
        paint: { 'line-color': '#445866', 'line-width': 3 },
      },
    },
  ]
}
