import type { Scene } from './scenes.ts'
import { computed } from 'vue'
import { dayOf } from '../state/china-time.ts'
import { now } from '../state/clock.ts'
import { coverageSummary, facilitiesByKind, missedByCommunity } from '../state/figures/care.ts'
import { caseOf } from '../state/figures/case-times.ts'
import { communitiesOf, isDemo, subdistrictOf } from '../state/figures/communities.ts'
import { countCases } from '../state/figures/count-cases.ts'
import { dissatisfiedStock } from '../state/figures/dissatisfied-stock.ts'
import { byTimeLeft, newestCases, overdueCases } from '../state/figures/feed.ts'
import { renovationFigures } from '../state/figures/renovation.ts'
import { wageFigures } from '../state/figures/wages.ts'
import { rules } from '../state/rules.ts'
import { world } from '../state/world.ts'
import { isInScene } from './scene-cases.ts'

const view = {
  cases: world.view('cases'),
  regions: world.view('regions'),
  zones: world.view('renovation-zones'),
  worksites: world.view('worksites'),
  facilities: world.view('care-facilities'),
  coverage: world.view('coverage'),
}

/** Deadlines pass while nothing else happens: figures are told again every second, every 5 s over very many cases. */
const moment = computed(() => view.cases.value.items.size > 5000
  ? now.value - now.value % 5000
  : now.value)
const today = computed(() => dayOf(now.value))

// Told when a panel shows them, not before: a computed that nobody reads costs nothing.
export const regions = computed(() => view.regions.value.items)
export const communities = computed(() => communitiesOf(view.regions.value.items.values()))
export const subdistrict = computed(() => subdistrictOf(view.regions.value.items.values()))
export const demo = computed(() => isDemo(view.regions.value.items.values()))
export const caseCounts = computed(() => countCases(view.cases.value.items.values(), moment.value))
export const newest = computed(() => newestCases(view.cases.value.items.values(), 24))
export const overdue = computed(() => overdueCases(view.cases.value.items.values(), moment.value))
/** 连续不满意 begins with so many call-backs; nothing is in the stock before the rules are there. */
export const consecutiveFrom = computed(() => rules.value?.consecutiveFrom ?? Infinity)
/** Open cases that concern a scene, the least time left first. */
export function casesOf(scene: Scene) {
  return computed(() => byTimeLeft([
    ...view.cases.value.items.values(),
  ].filter(feature => isInScene(scene, caseOf(feature), consecutiveFrom.value))))
}
export const stock = computed(() => dissatisfiedStock(view.cases.value.items.values(), communities.value, consecutiveFrom.value))
export const renovation = computed(() => renovationFigures(view.zones.value.items.values(), view.cases.value.items.values(), today.value))
export const wages = computed(() => wageFigures(view.worksites.value.items.values(), view.cases.value.items.values(), now.value - now.value % 60_000))
export const coverage = computed(() => coverageSummary(view.coverage.value.items))
export const missed = computed(() => coverage.value
  ? missedByCommunity(coverage.value)
  : [])
export const facilities = computed(() => facilitiesByKind(view.facilities.value.items.values()))
