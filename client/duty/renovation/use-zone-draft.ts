import type { Problem } from '#contract/problem.ts'
import type { ZoneLedger } from '#contract/renovation.ts'
import type { Ref } from 'vue'
import { computed, ref, shallowRef } from 'vue'
import { faultsByPath } from './field-faults.ts'

export interface Sent { method: 'PUT' | 'POST', part: string, body: Record<string, unknown> }

/** What is changed by versions, as a zone's ledger. */
export interface Versioned<L extends { version: number }> {
  ledger: Readonly<Ref<L | null>>
  change: (method: Sent['method'], part: string, body: { version: number } & Record<string, unknown>) => Promise<Problem | null>
  reload: () => Promise<void>
}

/** What somebody writes about a zone: theirs until it is saved, whatever comes in meanwhile. */
export function useZoneDraft<T extends object, L extends { version: number } = ZoneLedger>(renovation: Versioned<L>, takeFrom: (ledger: L) => T, sendAs: (draft: T) => Sent, close: () => void) {
  const draft = ref() as Ref<T>
  const problem = shallowRef<Problem | null>(null)
  const busy = shallowRef(false)
  let version = 0

  function take() {
    const ledger = renovation.ledger.value!
    version = ledger.version
    draft.value = structuredClone(takeFrom(ledger))
    problem.value = null
  }

  async function save() {
    const { method, part, body } = sendAs(draft.value)
    busy.value = true
    problem.value = await renovation.change(method, part, { version, ...body })
    busy.value = false
    if (!problem.value)
      close()
  }

  async function again() {
    await renovation.reload()
    take()
  }

  take()
  return {
    draft,
    problem,
    busy,
    faults: computed(() => faultsByPath(problem.value)),
    save,
    again,
  }
}
