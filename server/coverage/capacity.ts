import type { Capacity } from '#contract/coverage.ts'
import type { FloatingCatchment } from './floating-catchment.ts'
import type { FacilityRecord } from './records.ts'
import type { CoverageSettings } from './settings.ts'

const shapeNames = {
  steps: '三段',
  gaussian: '钟形',
  inverse: '时间倒数',
} as const

/** Places against elders of everything that counts. */
export function capacityOf(facilities: FacilityRecord[], { access, demand }: Pick<FloatingCatchment, 'access' | 'demand'>, aged60: ArrayLike<number>, { minutes, decay }: CoverageSettings): Capacity {
  let people = 0
  let placesReached = 0
  for (let b = 0; b < aged60.length; b++) {
    if (access[b]! > 0) {
      people += aged60[b]!
      placesReached += aged60[b]! * access[b]!
    }
  }
  const told = facilities.filter(({ capacity }) => capacity !== null)
  const weights = decay.shape === 'steps'
    ? `${shapeNames.steps}（${decay.steps.join('、')}）`
    : shapeNames[decay.shape]
  return {
    places: told.reduce((sum, { capacity }) => sum + capacity!, 0),
    unknown: facilities.length - told.length,
    perThousand: people > 0
      ? Math.round(placesReached / people * 1e4) / 10
      : null,
    source: `增强型两步移动搜索法（Luo、Qi 2009）：每处床位数 ÷ 其 ${minutes} 分钟内 60 岁以上居民按步行时间加权之和，再按楼加总；权重 ${weights}；无人可到的 ${demand.filter(weight => weight === 0).length} 处不计`,
  }
}

/** Places for 1,000 people of weighted demand. */
export function perThousand(places: number | null, demand: number): number | null {
  return places === null || !(demand > 0)
    ? null
    : Math.round(places / demand * 1e4) / 10
}
