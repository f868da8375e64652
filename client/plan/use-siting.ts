import type { PlanContent } from '#contract/plan.ts'
import type { SitingGoal } from '#coverage/siting/problem.ts'
import type { Progress, Solved } from '#coverage/siting/solve.ts'
import type { FromSitingWorker, GreedyAnswer, ToPlanWorker } from './plan-messages.ts'
import type { ShallowRef } from 'vue'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { outcomeOf } from './siting-outcome.ts'

export interface SitingForm {
  goal: SitingGoal
  /** null = no such bound */
  sites: number | null
  budget: number | null
  capacities: boolean
}

/** Looking for sites: a good answer at once from the plan's worker, then the best one from a worker of its own, which can be stopped. */
export function useSiting(content: ShallowRef<PlanContent>, tell: (message: ToPlanWorker) => void, fail: (reason: string) => void) {
  const greedy = shallowRef<GreedyAnswer>()
  const best = shallowRef<Pick<Solved, 'siting' | 'proven' | 'gap'>>()
  const impossible = shallowRef<{ least: number | null }>()
  const progress = shallowRef<Progress | null>(null)
  let solver: Worker | null = null
  const outcome = computed(() => greedy.value && !impossible.value
    ? outcomeOf(greedy.value, best.value ?? { siting: greedy.value.greedy, proven: false, gap: Infinity })
    : null)

  function run({ goal, sites, budget, capacities }: SitingForm): void {
    cancel()
    best.value = undefined
    impossible.value = undefined
    greedy.value = undefined
    tell({
      site: {
        goal,
        limit: content.value.settings.minutes * 60 + 1e-3,
        sites,
        budget,
        capacities: capacities && goal === 'mclp',
      },
      candidates: content.value.candidates ?? [],
    })
  }

  function solve(answer: GreedyAnswer): void {
    greedy.value = answer
    const { problem, question } = answer
    progress.value = {
      seconds: 0,
      gap: Infinity,
      best: null,
      bound: null,
    }
    solver = new Worker(new URL('./siting-worker.ts', import.meta.url), { type: 'module' })
    solver.onmessage = ({ data }: MessageEvent<FromSitingWorker>) => {
      if ('progress' in data) {
        progress.value = data.progress
        if (data.progress.siting)
          best.value = { siting: data.progress.siting, proven: false, gap: data.progress.gap }
        return
      }
      if ('failed' in data)
        fail(data.failed)
      else if ('impossible' in data.solved)
        impossible.value = data.solved
      else
        best.value = data.solved
      cancel()
    }
    solver.postMessage({ problem, question })
  }

  /** The best so far stays. */
  function cancel(): void {
    solver?.terminate()
    solver = null
    progress.value = null
  }
  onScopeDispose(cancel)

  return {
    greedy,
    best,
    impossible,
    progress,
    outcome,
    run,
    solve,
    cancel,
  }
}
