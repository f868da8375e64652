import type { Walk } from '#contract/positions.ts'
import type { Ref } from 'vue'
import type { OwnFix } from './sharing-state.ts'
import { shallowRef, watch } from 'vue'
import { sendJson } from '../api.ts'
import { metresApart } from './metres-apart.ts'

/** walking: asked · unknown: no street leads there, or the case has no place · failed: no line · no-position: the phone does not say where it is */
export type WalkState = { is: 'none' | 'asking' | 'failed' | 'no-position' } | { is: 'unknown', why: 'no-place' | 'no-way' } | { is: 'known', route: NonNullable<Walk['route']> }

/** Who has walked less than this has the same way before him. */
const askAgainMetres = 30

/** The way on foot from where the worker is to the task that he chose; asked again as he walks. */
export function useWalk(to: Ref<string | null>, here: Ref<Pick<OwnFix, 'lng' | 'lat'> | null>) {
  const walk = shallowRef<WalkState>({ is: 'none' })
  let asked: { id: string, lng: number, lat: number } | null = null

  watch([to, here], async ([id, at]) => {
    if (id === null || !at) {
      asked = null
      walk.value = {
        is: id === null
          ? 'none'
          : 'no-position',
      }
      return
    }
    if (asked?.id === id && metresApart(asked, at) < askAgainMetres)
      return
    const mine = asked = { id, lng: at.lng, lat: at.lat }
    if (walk.value.is !== 'known')
      walk.value = { is: 'asking' }
    const answer = await sendJson<Walk>('POST', `/api/v1/cases/${encodeURIComponent(id)}/walk`, { lng: at.lng, lat: at.lat }).catch(() => null)
    if (mine !== asked)
      return
    if (!answer)
      asked = null
    walk.value = answer === null
      ? { is: 'failed' }
      : answer.route
        ? { is: 'known', route: answer.route }
        : { is: 'unknown', why: answer.unknown! }
  }, { immediate: true })

  return walk
}
