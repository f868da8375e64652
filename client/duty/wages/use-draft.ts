import type { Problem } from '#contract/problem.ts'
import type { WageLedger } from '#contract/wages.ts'
import type { LedgerPart, useWages } from './use-wages.ts'
import { computed, ref, shallowRef } from 'vue'
import { faultsByRow } from './save-problem.ts'

/** A part of the ledger while somebody edits it: theirs until it is saved, whatever comes in meanwhile. */
export function useDraft<R extends object>(part: LedgerPart, wages: ReturnType<typeof useWages>, rowsOf: (ledger: WageLedger) => R[], close: () => void) {
  const rows = ref<R[]>([])
  const problem = shallowRef<Problem | null>(null)
  const busy = shallowRef(false)
  let version = 0

  function take() {
    const ledger = wages.ledger.value!
    version = ledger.version
    rows.value = structuredClone(rowsOf(ledger))
    problem.value = null
  }

  async function save() {
    busy.value = true
    problem.value = await wages.save(part, version, rows.value)
    busy.value = false
    if (!problem.value)
      close()
  }

  async function again() {
    await wages.reload()
    take()
  }

  take()
  return {
    rows,
    problem,
    busy,
    faults: computed(() => faultsByRow(problem.value)),
    save,
    again,
  }
}
