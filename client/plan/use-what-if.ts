import type { Feature, LngLat } from '#contract/geometry.ts'
import type { CandidateParcel, PlanChange, PlanContent, Scenario } from '#contract/plan.ts'
import type { Opening } from '#coverage/openings.ts'
import type { BuildingRow } from '#coverage/plan/planner.ts'
import type { CaseHomes } from '#coverage/plan/plan-report.ts'
import type { PlanDataRecords } from '../../server/care/read-plan-data.ts'
import type { FromPlanWorker, PlanAnswer, PlanAreas, PresentState, ToPlanWorker } from './plan-messages.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { afterStep } from '#coverage/plan/plan-step.ts'
import { defaultPlanSettings } from '#coverage/plan/settings-of-plan.ts'
import { ApiProblem, getJson, sendJson } from '../api.ts'
import { world } from '../state/world.ts'
import { openElderCases } from './open-elder-cases.ts'
import { differenceOf } from './plan-difference.ts'
import { useSiting } from './use-siting.ts'

type ReportWithGround = Extract<FromPlanWorker, { report: unknown }>
export type Comparison = Extract<FromPlanWorker, { compared: unknown }>

/** A plan that is tried: its changes, what they do, undo, and keeping it under a name. Everything is computed in a worker. */
export function useWhatIf() {
  const content = shallowRef<PlanContent>({ settings: defaultPlanSettings, changes: [] })
  const answer = shallowRef<PlanAnswer>()
  const present = shallowRef<PresentState>()
  /** The present state, where it is known under the settings of the plan. */
  const before = computed(() => JSON.stringify(present.value?.settings) === JSON.stringify(content.value.settings)
    ? present.value
    : undefined)
  const difference = computed(() => before.value && answer.value
    ? differenceOf(before.value.missed, answer.value.missed)
    : [])
  const reach = shallowRef<Feature[]>()
  const areas = shallowRef<PlanAreas>()
  const withHouses = shallowRef(false)
  /** houses with residents of 60 or more, while they are shown */
  const houses = shallowRef<BuildingRow[]>([])
  const openings = shallowRef<ReadonlyMap<string, Opening | null>>(new Map())
  /** where the map is to go */
  const lookAt = shallowRef<LngLat>()
  const caseHomes = shallowRef<CaseHomes>(new Map())
  const failure = shallowRef<string | null>(null)
  const basis = shallowRef<string>()
  const saved = shallowRef<Scenario[]>([])
  const current = shallowRef<Scenario | null>(null)
  const past: PlanContent[] = []
  const canUndo = shallowRef(false)
  let number = 0
  let waiting: PromiseWithResolvers<ReportWithGround> | null = null
  let comparing: PromiseWithResolvers<Comparison> | null = null

  const worker = new Worker(new URL('./plan-worker.ts', import.meta.url), { type: 'module' })
  const tell = (message: ToPlanWorker) => worker.postMessage(message)
  const siting = useSiting(content, tell, reason => failure.value = reason)
  worker.onmessage = ({ data }: MessageEvent<FromPlanWorker>) => {
    if ('step' in data) {
      const { step, ...rest } = data
      answer.value = {
        ...afterStep(answer.value, step),
        ...rest,
      }
    }
    else if ('reach' in data) {
      reach.value = data.reach
    }
    else if ('areas' in data) {
      areas.value = data.areas
    }
    else if ('houses' in data) {
      houses.value = data.houses
    }
    else if ('opening' in data) {
      openings.value = new Map(openings.value).set(data.gap, data.opening)
    }
    else if ('caseHomes' in data) {
      caseHomes.value = data.caseHomes
    }
    else if ('greedy' in data) {
      siting.solve(data)
    }
    else if ('compared' in data) {
      comparing?.resolve(data)
      comparing = null
    }
    else if ('present' in data) {
      present.value = data.present
    }
    else if ('report' in data) {
      waiting?.resolve(data)
      waiting = null
    }
    else {
      failure.value = data.failed
      waiting?.reject(new Error(data.failed))
      comparing?.reject(new Error(data.failed))
      waiting = null
      comparing = null
    }
  }
  watch(content, (next) => {
    openings.value = new Map()
    tell({ content: next, number: ++number })
  }, { immediate: true })

  watch(withHouses, wantsHouses => tell({ wantsHouses }))

  // Cases come, move on and are closed while a plan is looked at: the worker knows the houses.
  const allCases = world.view('cases')
  const elderCases = computed(() => openElderCases(allCases.value.items.values()))
  watch(() => JSON.stringify(elderCases.value.placed), () => tell({ cases: elderCases.value.placed }), { immediate: true })

  async function load(): Promise<void> {
    try {
      const data = await getJson<PlanDataRecords>('/api/v1/plan-data')
      basis.value = data.basis
      tell({ data })
      saved.value = await getJson<Scenario[]>('/api/v1/plan-scenarios')
      const wanted = new URLSearchParams(location.search).get('scenario')
      if (wanted)
        open(await getJson<Scenario>(`/api/v1/plan-scenarios/${encodeURIComponent(wanted)}`))
    }
    catch (error) {
      failure.value = error instanceof ApiProblem
        ? error.problem.detail ?? error.problem.title
        : String(error)
    }
  }

  /** Facilities, streets or people have changed: the plan stays, and is computed on what is there now. */
  async function refresh(): Promise<void> {
    const data = await getJson<PlanDataRecords>('/api/v1/plan-data')
    if (data.basis === basis.value)
      return
    basis.value = data.basis
    tell({ data })
    tell({ content: content.value, number: ++number })
  }

  /** `part` of a drag: the steps of one drag are one thing to take back. */
  function change(next: PlanContent, part: 'whole' | 'step' = 'whole'): void {
    if (part === 'whole') {
      past.push(content.value)
      canUndo.value = true
    }
    content.value = next
  }

  function add(...changes: PlanChange[]): void {
    change({
      ...content.value,
      changes: [
        ...content.value.changes,
        ...changes,
      ],
    })
  }

  /** Where sites are looked for; an empty list = where streets meet. */
  function setCandidates(candidates: CandidateParcel[]): void {
    change({ ...content.value, candidates })
  }

  /** A drag: the first step can be taken back, the others replace it. */
  function move(facility: string, lng: number, lat: number, isFirst: boolean): void {
    const { changes } = content.value
    const last = changes.at(-1)
    const moved: PlanChange = { do: 'move', facility, lng, lat }
    if (isFirst || last?.do !== 'move' || last.facility !== facility) {
      add(moved)
    }
    else {
      change({
        ...content.value,
        changes: changes.with(-1, moved),
      }, 'step')
    }
  }

  function undo(): void {
    const previous = past.pop()
    canUndo.value = past.length > 0
    if (previous)
      content.value = previous
  }

  function open(scenario: Scenario | null): void {
    current.value = scenario
    change(scenario?.content ?? { ...content.value, changes: [] })
    const query = new URLSearchParams(location.search)
    if (scenario)
      query.set('scenario', scenario.id)
    else
      query.delete('scenario')
    history.replaceState(null, '', `?${query}`)
  }

  /** Keeps the plan; under the id of the opened one when the name is the same. Its basis is then that of today. */
  async function save(name: string): Promise<void> {
    const body = {
      name,
      subdistrict: null,
      basis: basis.value ?? '',
      content: content.value,
    }
    const known = current.value?.name === name
      ? current.value
      : null
    const scenario = known
      ? await sendJson<Scenario>('PUT', `/api/v1/plan-scenarios/${known.id}`, body)
      : await sendJson<Scenario>('POST', '/api/v1/plan-scenarios', body)
    saved.value = await getJson<Scenario[]>('/api/v1/plan-scenarios')
    open(scenario)
  }

  /** The plan as it stands, with all that is handed on in files. */
  async function report(): Promise<ReportWithGround> {
    if (!waiting) {
      waiting = Promise.withResolvers()
      tell({ report: true })
    }
    return await waiting.promise
  }

  /** Two plans side by side: each a saved one, the one on the page, or the present state. */
  async function compare(one: PlanContent, other: PlanContent): Promise<Comparison> {
    comparing ??= Promise.withResolvers()
    tell({
      compare: [one, other],
    })
    return await comparing.promise
  }

  void load()
  onScopeDispose(() => {
    worker.terminate()
  })

  return {
    content,
    answer,
    before,
    difference,
    reach,
    openings,
    caseHomes,
    elderCases,
    lookAt,
    show: (place: LngLat) => lookAt.value = [...place],
    failure,
    basis,
    saved,
    current,
    siting,
    canUndo,
    refresh,
    areas,
    withHouses,
    houses,
    change,
    add,
    move,
    undo,
    open,
    save,
    report,
    compare,
    setCandidates,
  }
}

export type WhatIf = ReturnType<typeof useWhatIf>
