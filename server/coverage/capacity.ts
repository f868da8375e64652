import type { Capacity } from '#contract/coverage.ts'
import type { FloatingCatchment } from './floating-catchment.ts'
import type { FacilityRecord } from './records.ts'
import type { CoverageSettings } from './settings.ts'

const shapeNames = {
  steps: '三段',
  gaussian: '钟形',
  inverse: '时间倒数',
} as const

/** Sums over facilities and houses that the figures of capacity follow from. */
export interface Places {
  /** of the facilities whose capacity is known */
  places: number
  /** those of facilities to which somebody can walk */
  placesReached: number
  /** facilities whose capacity is not known, and those to which nobody can walk */
  unknown: number
  unreached: number
  /** residents aged 60 or more with places within reach */
  people: number
}

export function placesOf(facilities: FacilityRecord[], { access, demand }: Pick<FloatingCatchment, 'access' | 'demand'>, aged60: ArrayLike<number>): Places {
  const places: Places = {
    places: 0,
    placesReached: 0,
    unknown: 0,
    unreached: 0,
    people: 0,
  }
  facilities.forEach((facility, j) => addPlaces(places, facility, demand[j]!, 1))
  for (let b = 0; b < aged60.length; b++) {
    if (access[b]! > 0)
      places.people += aged60[b]!
  }
  return places
}

/** Counts a facility in (1) or out (-1). */
export function addPlaces(places: Places, { capacity }: Pick<FacilityRecord, 'capacity'>, demand: number, sign: 1 | -1): void {
  places.places += sign * (capacity ?? 0)
  if (capacity === null)
    places.unknown += sign
  if (demand > 0)
    places.placesReached += sign * (capacity ?? 0)
  else
    places.unreached += sign
}

/** Places against elders of everything that counts. Since Σ Pᵢ·Aᵢ = Σ Sⱼ, the mean needs no sum over the houses. */
export function capacityOf({ places, placesReached, unknown, unreached, people }: Places, { minutes, decay }: CoverageSettings): Capacity {
  const weights = decay.shape === 'steps'
    ? `${shapeNames.steps}（${decay.steps.join('、')}）`
    : shapeNames[decay.shape]
  return {
    places,
    unknown,
    perThousand: people > 0
      ? Math.round(placesReached / people * 1e4) / 10
      : null,
    source: `增强型两步移动搜索法（Luo、Qi 2009）：每处床位数 ÷ 其 ${minutes} 分钟内 60 岁以上居民按步行时间加权之和，再按楼加总；权重 ${weights}；无人可到的 ${unreached} 处不计`,
  }
}

/** Places for 1,000 people of weighted demand. */
export function perThousand(places: number | null, demand: number): number | null {
  return places === null || !(demand > 0)
    ? null
    : Math.round(places / demand * 1e4) / 10
}
