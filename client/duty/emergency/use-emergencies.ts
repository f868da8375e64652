import type { Feature } from '#contract/geometry.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { stageOfStatus } from '#contract/case.ts'
import { caseOf, timesOf } from '../../state/figures/case-times.ts'
import { person } from '../../state/me.ts'
import { world } from '../../state/world.ts'
import { createAlarm } from './alarm.ts'

/** While nobody at this desk has looked at it, an emergency rings again after so long, ms. */
const ringEveryMs = 20_000

/** Emergencies to which nobody is sent, the oldest first. */
export function waitingEmergencies(cases: Iterable<Feature>): Feature[] {
  return [...cases]
    .filter(feature => caseOf(feature).urgency === 'emergency' && stageOfStatus[caseOf(feature).status] === 'waiting')
    .sort((a, b) => timesOf(a).reportedAt - timesOf(b).reportedAt)
}

/** What the desk must not overlook; it rings until each has been looked at, unless this officer has muted it on this machine. */
export function useEmergencies(lookedAt: () => string | null) {
  const cases = world.view('cases')
  const waiting = computed(() => waitingEmergencies(cases.value.items.values()))
  const seen = shallowRef<ReadonlySet<string>>(new Set())
  const unseen = computed(() => waiting.value.filter(({ id }) => !seen.value.has(id)))
  const key = computed(() => `huizhi.muted.${person.value?.id}`)
  const muted = shallowRef(readMuted(key.value))
  const silent = shallowRef(false)
  const alarm = createAlarm()

  watch(lookedAt, (id) => {
    if (id !== null)
      seen.value = new Set(seen.value).add(id)
  }, { immediate: true })

  async function ring() {
    if (!muted.value && unseen.value.length > 0)
      silent.value = !await alarm.ring()
  }
  watch(() => unseen.value.map(({ id }) => id).join(' '), ids => ids !== '' && void ring(), { immediate: true })
  const timer = setInterval(ring, ringEveryMs)
  onScopeDispose(() => {
    clearInterval(timer)
    alarm.stop()
  })

  return {
    waiting,
    muted,
    /** The browser let nothing be heard yet: somebody has to touch the page first. */
    silent,
    toggleMuted() {
      muted.value = !muted.value
      try {
        localStorage.setItem(key.value, muted.value ? '1' : '0')
      }
      catch {
        // Without storage it is muted until the page is left.
      }
      void ring()
    },
  }
}

function readMuted(key: string): boolean {
  try {
    return localStorage.getItem(key) === '1'
  }
  catch {
    return false
  }
}
