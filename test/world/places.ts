import type { LngLat } from '#contract/geometry.ts'
import type { Placement, Places } from '../../server/places/placement.ts'

export const town = '990101001'

/**
 * A town of two communities, west and east of 117.0, from 116.9 to 117.1 and 36.6 to 36.7; each is one grid. Outside of it
 * nothing is known.
 */
export const twoCommunities: Places = {
  home: town,
  knowsRegions: true,
  find: () => null,
  propose: () => [],
  locate([lng, lat]: LngLat): Placement {
    const inside = lng >= 116.9 && lng <= 117.1 && lat >= 36.6 && lat <= 36.7
    const side = lng < 117
      ? '001'
      : '002'
    return {
      subdistrict: inside ? town : null,
      community: inside
        ? `${town}${side}`
        : null,
      grid: inside
        ? `${town}${side}001`
        : null,
      compound: null,
      building: null,
      zone: null,
      worksite: null,
    }
  },
}

export const west: LngLat = [116.95, 36.65]
export const east: LngLat = [117.05, 36.65]
