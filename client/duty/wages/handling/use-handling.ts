import type { Problem } from '#contract/problem.ts'
import type { HandlingHead, WageHandling } from '#contract/wage-handling.ts'
import type { Versioned } from '../../renovation/use-zone-draft.ts'
import { shallowRef } from 'vue'
import { sendJson } from '../../../api.ts'
import { person } from '../../../state/me.ts'
import { problemOf } from '../save-problem.ts'
import { useFresh } from './use-fresh.ts'

/** All handlings, or those of a site or case. */
export function useHandlingList(of: () => { worksite: string } | { case: string } | 'all' | null) {
  return useFresh<HandlingHead[]>(() => {
    const wanted = of()
    if (wanted === null)
      return null
    return wanted === 'all'
      ? '/api/v1/wage-handlings'
      : `/api/v1/wage-handlings?${new URLSearchParams(wanted)}`
  })
}

export function mayHandle(): boolean {
  return ['duty', 'community'].includes(person.value?.role ?? '')
}

/** One handling, and its next step. */
export function useHandling(id: () => string | null) {
  const { found, failure, load } = useFresh<WageHandling>(() => {
    const wanted = id()
    return wanted === null
      ? null
      : pathOf(wanted)
  })
  const changes: Versioned<WageHandling> = {
    ledger: found,
    reload: load,
    change: (method, part, body) => sent(async () => {
      found.value = await sendJson<WageHandling>(method, `${pathOf(found.value!.id)}/${part}`, body)
    }),
  }
  return { handling: found, failure, changes }
}

/** A handling that is not there yet: its complaint opens it. */
export function newHandling(worksite: string, opened: (id: string) => void): Versioned<{ version: number }> {
  return {
    ledger: shallowRef({ version: 0 }),
    reload: async () => {},
    change: (method, _, body) => sent(async () => {
      const { id } = await sendJson<WageHandling>(method, `/api/v1/worksites/${encodeURIComponent(worksite)}/wage-handlings`, body)
      opened(id)
    }),
  }
}

async function sent(send: () => Promise<void>): Promise<Problem | null> {
  try {
    await send()
    return null
  }
  catch (error) {
    return problemOf(error)
  }
}

function pathOf(id: string): string {
  return `/api/v1/wage-handlings/${encodeURIComponent(id)}`
}
