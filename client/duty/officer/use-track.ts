import type { Track } from '#contract/positions.ts'
import type { Ref } from 'vue'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { ApiProblem, getJson } from '../../api.ts'
import { clock } from '../../state/clock.ts'
import { placeAt } from './track-at.ts'

/** How many times faster than it was. */
export const speeds = [10, 60, 300] as const

/** Where an officer was, moment by moment; each time it is asked for stands in the audit trail. */
export function useTrack(officer: Ref<string | null>) {
  const track = shallowRef<Track | null>(null)
  const failure = shallowRef<string | null>(null)
  const busy = shallowRef(false)
  /** the moment that is shown, ms */
  const at = shallowRef(0)
  const speed = shallowRef<number>(60)
  const playing = shallowRef(false)
  let frame = 0
  let drawnAt = 0

  async function load(hours: number) {
    const id = officer.value
    if (id === null)
      return
    const to = clock.now()
    busy.value = true
    failure.value = null
    try {
      const read = await getJson<Track>(`/api/v1/officers/${encodeURIComponent(id)}/track?from=${new Date(to - hours * 3_600_000).toISOString()}&to=${new Date(to).toISOString()}`)
      if (id !== officer.value)
        return
      track.value = read
      at.value = read.fixes[0]?.[2] ?? to
    }
    catch (error) {
      failure.value = error instanceof ApiProblem
        ? error.problem.detail ?? error.problem.title
        : String(error)
    }
    finally {
      busy.value = false
    }
  }

  function close() {
    playing.value = false
    track.value = null
    failure.value = null
  }
  watch(officer, close)

  const first = computed(() => track.value?.fixes[0]?.[2] ?? 0)
  const last = computed(() => track.value?.fixes.at(-1)?.[2] ?? 0)

  /** Ten pictures a second are enough for somebody on foot. */
  function run(now: number) {
    frame = requestAnimationFrame(run)
    if (now - drawnAt < 100)
      return
    at.value = Math.min(last.value, at.value + Math.min(1000, now - drawnAt) * speed.value)
    drawnAt = now
    if (at.value >= last.value)
      playing.value = false
  }
  watch(playing, (on) => {
    cancelAnimationFrame(frame)
    if (!on)
      return
    if (at.value >= last.value)
      at.value = first.value
    drawnAt = performance.now()
    frame = requestAnimationFrame(run)
  })
  onScopeDispose(() => cancelAnimationFrame(frame))

  return {
    track,
    failure,
    busy,
    at,
    speed,
    playing,
    first,
    last,
    place: computed(() => track.value && placeAt(track.value.fixes, at.value)),
    load,
    show: (moment: number) => void (at.value = moment),
    toggle: () => void (playing.value = !playing.value),
    hasten: (times: number) => void (speed.value = times),
    close,
  }
}

export type TrackReplay = ReturnType<typeof useTrack>
