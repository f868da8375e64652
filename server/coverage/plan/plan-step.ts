import type { Feature } from '#contract/geometry.ts'
import type { PlanContent } from '#contract/plan.ts'
import type { WalkModel } from '../walk-model.ts'
import type { MissedChange } from './missed-now.ts'
import type { CensusDifference, PlanFigures, Planner } from './planner.ts'
import { latOf, lngOf } from '../local-metres.ts'

/** What a page shows of a plan. */
export interface PlanView {
  figures: PlanFigures
  missed: Feature[]
  gates: GateInPlan[]
  census: CensusDifference[]
}

/** A gate that stands in somebody's way, not a crossing or a door. */
export interface GateInPlan { id: number, name: string | null, open: boolean, lng: number, lat: number }

/** How a view changes with one step: nothing that stays is handed over again, so that a step weighs the same in a city. */
export interface PlanStep {
  figures: Omit<PlanFigures, Listed>
  lists: { [Name in Listed]: ListChange<PlanFigures[Name][number]> }
  missed: MissedChange
  /** absent: as before */
  network?: Pick<PlanView, 'gates' | 'census'>
}

const listed = [
  'byCommunity',
  'facilities',
  'communityGaps',
  'clusterGaps',
] as const
type Listed = typeof listed[number]

/** The new length of a list, and what stands anew where. */
export interface ListChange<Item> { length: number, at: (readonly [number, Item])[] }

/** Takes plans one after the other and tells what each changes of what was told before. */
export function createStepTeller(planner: Planner): (content: PlanContent) => PlanStep {
  let told: Pick<PlanFigures, Listed> = {
    byCommunity: [],
    facilities: [],
    communityGaps: [],
    clusterGaps: [],
  }
  let model: WalkModel | null = null
  return (content) => {
    const { byCommunity, facilities, communityGaps, clusterGaps, ...figures } = planner.take(content)
    const lists = {
      byCommunity,
      facilities,
      communityGaps,
      clusterGaps,
    }
    const step: PlanStep = {
      figures,
      lists: Object.fromEntries(listed.map(name => [
        name,
        listChange<unknown>(told[name], lists[name]),
      ])) as PlanStep['lists'],
      missed: planner.takeMissed(),
    }
    told = lists
    if (model !== planner.model()) {
      model = planner.model()
      step.network = {
        gates: gatesOf(model),
        census: planner.census(),
      }
    }
    return step
  }
}

/** The view after a step; everything that the step leaves is the very same as before. */
export function afterStep(view: PlanView | undefined, { figures, lists, missed, network }: PlanStep): PlanView {
  const before = view?.figures
  return {
    gates: network?.gates ?? view?.gates ?? [],
    census: network?.census ?? view?.census ?? [],
    figures: {
      ...figures,
      ...Object.fromEntries(listed.map(name => [
        name,
        changedList<unknown>(before?.[name] ?? [], lists[name]),
      ])) as unknown as Pick<PlanFigures, Listed>,
    },
    missed: missedAfter(view?.missed ?? [], missed),
  }
}

function listChange<Item>(before: readonly Item[], now: readonly Item[]): ListChange<Item> {
  const at: [number, Item][] = []
  for (let i = 0; i < now.length; i++) {
    if (now[i] !== before[i])
      at.push([i, now[i]!])
  }
  return { length: now.length, at }
}

function changedList<Item>(before: readonly Item[], { length, at }: ListChange<Item>): Item[] {
  const now = before.slice(0, length)
  for (const [i, item] of at)
    now[i] = item
  return now
}

function missedAfter(before: readonly Feature[], { all, now, gone }: MissedChange): Feature[] {
  if (all)
    return now
  const features = new Map(before.map(feature => [feature.id, feature]))
  for (const id of gone)
    features.delete(id)
  for (const feature of now)
    features.set(feature.id, feature)
  return [
    ...features.values(),
  ]
}

function gatesOf({ frame, graph, gates, doors }: WalkModel): GateInPlan[] {
  return gates.filter(({ kind, id }) => kind !== 'crossing' && kind !== 'entrance' && !doors.has(id)).map(({ id, name, node, open }) => ({
    id,
    name,
    open,
    lng: lngOf(frame, graph.x[node]!),
    lat: latOf(frame, graph.y[node]!),
  }))
}
