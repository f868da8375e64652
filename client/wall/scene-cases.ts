import type { Case } from '#contract/case.ts'
import type { Scene } from './scenes.ts'
import { stageOfStatus } from '#contract/case.ts'

/** Whether a case belongs on the map of a scene: the scene of cases has all that are open, the others those that concern them. */
export function isInScene(scene: Scene, item: Pick<Case, 'kind' | 'status' | 'zone' | 'dissatisfiedInRow'>, consecutiveFrom: number): boolean {
  if (stageOfStatus[item.status] === 'done')
    return false
  switch (scene) {
    case 'case': return true
    case 'renovation': return item.kind === 'renovation' || item.zone !== null
    case 'wages': return item.kind === 'wages'
    case 'elder': return item.kind === 'elder-care'
    case 'satisfaction': return item.dissatisfiedInRow >= consecutiveFrom
  }
}
