import type { CaseAction, CaseActionInput, CaseFeature } from '#contract/case.ts'
import type { LedgerBulkInput, LedgerBulkResult } from '#contract/ledger.ts'
import { shallowRef } from 'vue'
import { ApiProblem, sendJson } from '../../../api.ts'
import { createRetryKeys } from '../../retry-keys.ts'
import { wayBack } from './bulk-actions.ts'

/** What is asked of many cases. */
export interface BulkAsked {
  action: CaseAction
  input: CaseActionInput
  cases: readonly CaseFeature[]
}

/** waiting: nothing has been sent, it can be dropped without a trace · sending · over: each has answered, or the line broke. */
export type BulkState
  = | { is: 'waiting', asked: BulkAsked, sendsAt: number }
    | { is: 'sending', asked: BulkAsked, results: LedgerBulkResult[] }
    | { is: 'over', asked: BulkAsked, results: LedgerBulkResult[], broken: ApiProblem | null, takenBack: boolean }

/** So long a bulk waits for second thoughts. What was sent rings on somebody's phone and stands in the log for good. */
export const secondThoughtsMs = 6000
const atOnce = 50

/** The bulk that is under way; one at a time, and it goes on while somebody looks at another page of the desk. */
export function createBulkRun({ send = post, now = Date.now }: { send?: (body: LedgerBulkInput, key: string) => Promise<LedgerBulkResult[]>, now?: () => number } = {}) {
  const state = shallowRef<BulkState | null>(null)
  const keys = createRetryKeys()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** What was asked before is sent first, and its results make room. */
  async function start(asked: BulkAsked) {
    if (state.value?.is === 'sending')
      return
    if (state.value?.is === 'waiting')
      await go()
    state.value = { is: 'waiting', asked, sendsAt: now() + secondThoughtsMs }
    timer = setTimeout(() => void go(), secondThoughtsMs)
  }

  /** Nothing was sent: it is as if nobody had asked. */
  function drop(): BulkAsked | null {
    if (state.value?.is !== 'waiting')
      return null
    clearTimeout(timer)
    const { asked } = state.value
    state.value = null
    return asked
  }

  async function go() {
    if (state.value?.is !== 'waiting')
      return
    clearTimeout(timer)
    await sendAll(state.value.asked, false)
  }

  async function sendAll(asked: BulkAsked, takenBack: boolean) {
    const results: LedgerBulkResult[] = []
    let broken: ApiProblem | null = null
    state.value = { is: 'sending', asked, results }
    for (const part of partsOf(asked)) {
      try {
        results.push(...await send(part, keys.keyFor(JSON.stringify(part))))
        keys.done()
        state.value = {
          is: 'sending',
          asked,
          results: [...results],
        }
      }
      catch (error) {
        if (!(error instanceof ApiProblem))
          throw error
        broken = error
        break
      }
    }
    state.value = {
      is: 'over',
      asked,
      results,
      broken,
      takenBack,
    }
  }

  /** The rest, after the line broke: its key sees to it that nothing is done twice. */
  async function goOn() {
    if (state.value?.is !== 'over' || !state.value.broken)
      return
    const { asked, results } = state.value
    const answered = new Set(results.map(({ id }) => id))
    await sendAll({
      ...asked,
      cases: asked.cases.filter(({ id }) => !answered.has(id)),
    }, false)
    const after = state.value as BulkState
    if (after.is === 'over') {
      state.value = {
        ...after,
        asked,
        results: [
          ...results,
          ...after.results,
        ],
      }
    }
  }

  /** Leads back what was done, by steps of its own in the log; what has no way back stays. */
  async function takeBack(reason: string) {
    const groups = waysBack(state.value, reason)
    if (groups.length === 0)
      return
    const results: LedgerBulkResult[] = []
    for (const group of groups) {
      await sendAll(group, true)
      const after = state.value as BulkState
      if (after.is === 'over') {
        results.push(...after.results)
        state.value = { ...after, results }
        if (after.broken)
          break
      }
    }
  }

  return {
    state,
    start,
    drop,
    go,
    goOn,
    takeBack,
    close: () => {
      if (state.value?.is === 'over')
        state.value = null
    },
  }
}

/** By what and from which state each case that was done is led back. */
export function waysBack(state: BulkState | null, reason: string): BulkAsked[] {
  if (state?.is !== 'over' || state.takenBack)
    return []
  const versions = new Map(state.results.flatMap(({ id, done }) => done
    ? [
        [id, done.version] as const,
      ]
    : []))
  const groups = new Map<string, BulkAsked & { cases: CaseFeature[] }>()
  for (const feature of state.asked.cases) {
    const version = versions.get(feature.id)
    const way = version === undefined
      ? null
      : wayBack(state.asked.action, feature.properties, reason)
    if (!way)
      continue
    const key = JSON.stringify(way)
    const group = groups.get(key) ?? { ...way, cases: [] }
    group.cases.push({
      ...feature,
      properties: { ...feature.properties, version: version! },
    })
    groups.set(key, group)
  }
  return [
    ...groups.values(),
  ]
}

function* partsOf({ action, input, cases }: BulkAsked): Generator<LedgerBulkInput> {
  for (let first = 0; first < cases.length; first += atOnce) {
    yield {
      action,
      input,
      cases: cases.slice(first, first + atOnce).map(({ id, properties: { version } }) => ({ id, version })),
    }
  }
}

async function post(body: LedgerBulkInput, key: string): Promise<LedgerBulkResult[]> {
  return (await sendJson<{ results: LedgerBulkResult[] }>('POST', '/api/v1/ledger/actions', body, { 'idempotency-key': key })).results
}

export const bulkRun = createBulkRun()
