import type { PlannedVisit, VisitAction, VisitActionInput } from '#contract/worksite-visit.ts'
import type { FieldFault } from '../chain.ts'
import { dayOfText } from '../../cases/working-calendar.ts'

/** Nobody plans further ahead; a slip of the pen in the year does. */
const furthestDays = 400

interface Known {
  today: string
  sites: ReadonlyMap<string, unknown>
  planned: readonly Pick<PlannedVisit, 'worksite' | 'plannedOn' | 'visitor'>[]
}

/** What is wrong with visits that somebody plans, at the row and field. */
export function faultsOfPlan(visits: readonly PlannedVisit[], { today, sites, planned }: Known): FieldFault[] {
  const faults: FieldFault[] = []
  const seen = new Set(planned.map(keyOf))
  visits.forEach((visit, at) => {
    const say = (field: keyof PlannedVisit, message: string) => faults.push({ path: `visits.${at}.${field}`, message })
    if (!sites.has(visit.worksite))
      say('worksite', `there is no worksite ${visit.worksite} that you may see`)
    const fault = faultOfDay(visit.plannedOn, today)
    if (fault !== null)
      say('plannedOn', fault)
    if (seen.has(keyOf(visit)))
      say('visitor', `${visit.visitor} is to visit this worksite on ${visit.plannedOn} already`)
    seen.add(keyOf(visit))
  })
  return faults
}

/** What an action on a planned visit lacks or cannot have. */
export function faultsOfAction(action: VisitAction, { on, finding, reason }: VisitActionInput, today: string): FieldFault[] {
  const faults: FieldFault[] = []
  const say = (field: keyof VisitActionInput, message: string) => faults.push({ path: field, message })
  if (action !== 'cancel' && on === undefined)
    say('on', 'the day must be given')
  if (action === 'done' && on !== undefined && on > today)
    say('on', `${on} is still to come`)
  if (action === 'done' && finding === undefined)
    say('finding', 'what was found must be said')
  if (action === 'move' && on !== undefined) {
    const fault = faultOfDay(on, today)
    if (fault !== null)
      say('on', fault)
  }
  if (action !== 'done' && reason === undefined)
    say('reason', 'why must be said')
  return faults
}

function faultOfDay(day: string, today: string): string | null {
  if (day < today)
    return `${day} has passed`
  return dayOfText(day) - dayOfText(today) > furthestDays
    ? `${day} lies more than ${furthestDays} days ahead`
    : null
}

function keyOf({ worksite, plannedOn, visitor }: Known['planned'][number]): string {
  return JSON.stringify([worksite, plannedOn, visitor])
}
