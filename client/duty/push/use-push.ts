import type { ScreenShow, ScreenShowInput, ShownScreen } from '#contract/screen.ts'
import type { Problem } from '#contract/problem.ts'
import { computed, shallowRef } from 'vue'
import { ApiProblem, sendJson } from '../../api.ts'
import { now } from '../../state/clock.ts'
import { world } from '../../state/world.ts'

/** Who else shows something on the screen: the officer is asked before it is replaced. */
type RunningProblem = Problem & { running?: ScreenShow }

/** Wall screens and what officers have sent to them, live; sending, replacing and taking back. */
export function usePush() {
  const view = world.view('screens')
  const screens = computed(() => [
    ...view.value.items.values(),
  ].map(({ properties }) => runningOf(properties as unknown as ShownScreen)))
  const sending = shallowRef(false)
  const problem = shallowRef<Problem | null>(null)
  const running = shallowRef<ScreenShow | null>(null)

  /** A show whose time is over is none. */
  function runningOf(screen: ShownScreen): ShownScreen {
    return screen.show && Date.parse(screen.show.until) <= now.value
      ? { ...screen, show: null }
      : screen
  }

  async function ask(method: 'PUT' | 'DELETE', path: string, body?: ScreenShowInput): Promise<boolean> {
    sending.value = true
    problem.value = null
    running.value = null
    try {
      await sendJson(method, path, body)
      return true
    }
    catch (error) {
      if (!(error instanceof ApiProblem))
        throw error
      const told: RunningProblem = error.problem
      running.value = told.running ?? null
      problem.value = told
      return false
    }
    finally {
      sending.value = false
    }
  }

  const pathOf = (screen: string) => `/api/v1/screens/${encodeURIComponent(screen)}/show`

  return {
    screens,
    sending,
    problem,
    /** Somebody else's show stood in the way of the last sending. */
    running,
    send: (screen: string, input: ScreenShowInput) => ask('PUT', pathOf(screen), input),
    takeBack: (screen: string, show: string) => ask('DELETE', `${pathOf(screen)}?over=${show}`),
    forget() {
      problem.value = null
      running.value = null
    },
  }
}
