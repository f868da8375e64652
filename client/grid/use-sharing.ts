import type { FixOutcome, FixRefusal, PositionStanding } from '#contract/positions.ts'
import type { OwnFix, Permission } from './sharing-state.ts'
import { computed, ref, shallowRef, watch } from 'vue'
import { ApiProblem, getJson, sendJson } from '../api.ts'
import { now } from '../state/clock.ts'
import { person } from '../state/me.ts'
import { world } from '../state/world.ts'
import { isOnDuty, mayShare, sharingState, withFix } from './sharing-state.ts'

const sendEveryMs = 10_000
/** Who stands still is told nothing by his phone: it is asked, or the desk would think him gone. */
const askAfterMs = 20_000

/**
 * A worker's shift and his place: shared while he is on duty, has agreed, and has this page open; it stops by itself when the shift
 * ends, whoever ends it. Nothing of it is kept on the phone.
 */
export function useSharing() {
  const officer = computed(() => person.value?.role === 'grid'
    ? person.value.officer
    : null)
  const standing = shallowRef<PositionStanding | null>(null)
  const permission = ref<Permission>('unasked')
  const here = shallowRef<OwnFix | null>(null)
  const takenAt = ref<number | null>(null)
  const refusal = ref<FixRefusal | null>(null)
  const failure = shallowRef<string | null>(null)
  let waiting: OwnFix[] = []
  let sending = false

  const path = (end: string) => `/api/v1/officers/${encodeURIComponent(officer.value!)}/${end}`
  const load = async () => void (standing.value = await getJson<PositionStanding>(path('position-standing')).catch(() => standing.value))
  watch(officer, id => id && load(), { immediate: true })

  // The desk ends a shift too, and so does the clock of the server.
  const officers = world.view('officers')
  watch(officers, ({ items }) => {
    const seen = officer.value === null
      ? undefined
      : items.get(officer.value)?.properties
    if (seen && standing.value)
      standing.value = { ...standing.value, duty: seen.duty as 'on' | 'off', dutyUntil: seen.dutyUntil as string | null ?? null }
  })

  const allowed = computed(() => mayShare({ standing: standing.value, now: now.value }))
  watch(allowed, (may, _, onCleanup) => {
    if (!may)
      return stopped()
    if (!('geolocation' in navigator)) {
      permission.value = 'none'
      return
    }
    const watching = navigator.geolocation.watchPosition(found, failed, { enableHighAccuracy: true, maximumAge: 5000 })
    const timer = setInterval(() => {
      if (permission.value !== 'denied' && Date.now() - (here.value?.at ?? 0) > askAfterMs)
        navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, maximumAge: 0, timeout: askAfterMs })
      void send()
    }, sendEveryMs)
    onCleanup(() => {
      navigator.geolocation.clearWatch(watching)
      clearInterval(timer)
      stopped()
    })
  }, { immediate: true })

  function stopped() {
    waiting = []
    here.value = null
    takenAt.value = null
    refusal.value = null
    permission.value = 'unasked'
  }

  function found({ coords: { longitude, latitude, accuracy }, timestamp }: GeolocationPosition) {
    permission.value = 'granted'
    const isFirst = here.value === null
    here.value = {
      lng: longitude,
      lat: latitude,
      accuracy,
      at: timestamp,
    }
    waiting = withFix(waiting, here.value)
    if (isFirst)
      void send()
  }
  function failed({ code }: GeolocationPositionError) {
    if (code === 1)
      permission.value = 'denied'
  }

  async function send() {
    if (sending || waiting.length === 0 || !allowed.value)
      return
    sending = true
    const batch = waiting
    try {
      const { results } = await sendJson<{ results: FixOutcome[] }>('POST', '/api/v1/officers/positions', {
        positions: batch.map(({ lng, lat, accuracy, at }) => ({
          officer: officer.value,
          lng,
          lat,
          accuracy: Math.min(accuracy, 100_000),
          at: new Date(at).toISOString(),
        })),
      })
      const last = results.at(-1)!
      refusal.value = last.outcome === 'refused'
        ? last.reason!
        : null
      if (results.some(({ outcome }) => outcome !== 'refused'))
        takenAt.value = now.value
      if (last.reason === 'off-duty' || last.reason === 'no-consent')
        void load()
      waiting = waiting.filter(fix => !batch.includes(fix))
    }
    catch (error) {
      // Without a line they wait; what the server calls wrong would be wrong again.
      if (error instanceof ApiProblem && error.problem.status === 422)
        waiting = []
    }
    finally {
      sending = false
    }
  }

  /** Does what somebody asked for and says why it did not work. */
  async function change(act: () => Promise<PositionStanding>): Promise<boolean> {
    try {
      failure.value = null
      standing.value = await act()
      return true
    }
    catch (error) {
      failure.value = error instanceof ApiProblem && error.problem.status > 0
        ? error.problem.detail ?? error.problem.title
        : ''
      return false
    }
  }

  return {
    officer,
    standing,
    here,
    takenAt,
    refusal,
    failure,
    state: computed(() => sharingState({
      standing: standing.value,
      permission: permission.value,
      takenAt: takenAt.value,
      refusal: refusal.value,
      now: now.value,
    })),
    onDuty: computed(() => isOnDuty(standing.value, now.value)),
    begin: (until: Date) => change(() => sendJson('PUT', path('duty'), {
      duty: 'on',
      until: until.toISOString(),
    })),
    end: () => change(() => sendJson('PUT', path('duty'), { duty: 'off' })),
    agree: (wording: string) => change(() => sendJson('PUT', path('position-consent'), { wording })),
    withdraw: () => change(() => sendJson('DELETE', path('position-consent'))),
  }
}

export type Sharing = ReturnType<typeof useSharing>
