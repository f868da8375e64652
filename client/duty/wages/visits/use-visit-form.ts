import type { Problem } from '#contract/problem.ts'
import type { Ref } from 'vue'
import { computed, ref, shallowRef } from 'vue'
import { faultsByPath } from '../../renovation/field-faults.ts'
import { problemOf } from '../save-problem.ts'

/** Fields of a form until they are sent; emptied ones are null. */
export function useVisitForm(first: Record<string, unknown>, send: (filled: Record<string, unknown>) => Promise<unknown>, done: () => void) {
  const values = ref({ documents: [], ...first }) as Ref<Record<string, unknown> & { documents: string[] }>
  const problem = shallowRef<Problem | null>(null)
  const busy = shallowRef(false)

  async function save() {
    busy.value = true
    try {
      await send(Object.fromEntries(Object.entries(values.value).filter(([, value]) => value !== null && value !== '')))
      problem.value = null
      done()
    }
    catch (error) {
      problem.value = problemOf(error)
    }
    finally {
      busy.value = false
    }
  }

  return {
    values,
    problem,
    busy,
    save,
    /** A fault of any of several rows stands at the field that all of them share. */
    faults: computed(() => new Set([
      ...faultsByPath(problem.value),
    ].map(place => place.split('.').at(-1)!))),
  }
}
