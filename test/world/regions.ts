/** A square polygon feature, `size` degrees wide, its south-west corner at the point. */
export function square([lng, lat]: [number, number], size: number, properties: Record<string, unknown>) {
  return {
    type: 'Feature' as const,
    properties,
    geometry: {
      type: 'Polygon' as const,
      coordinates: [
        [
          [lng, lat],
          [lng + size, lat],
          [lng + size, lat + size],
          [lng, lat + size],
          [lng, lat],
        ],
      ] as [number, number][][],
    },
  }
}

export function point([lng, lat]: [number, number], properties: Record<string, unknown>) {
  return {
    type: 'Feature' as const,
    properties,
    geometry: {
      type: 'Point' as const,
      coordinates: [lng, lat] as [number, number],
    },
  }
}

export function collection(...features: object[]) {
  return { type: 'FeatureCollection' as const, features }
}

/** 甸新街道 at 117.00–117.02, 36.60–36.62, with 东 and 西 community and one grid in the west. */
export function smallTown() {
  return collection(
    square([117, 36.6], 0.02, { code: '370102009', name: '甸新街道' }),
    square([117, 36.6], 0.01, { code: '370102009001', name: '西社区' }),
    square([117.01, 36.6], 0.01, { code: '370102009002', name: '东社区' }),
    square([117, 36.6], 0.005, { code: '370102009001001', name: '西1网格' }),
  )
}
