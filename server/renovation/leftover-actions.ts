import type { Role } from '#contract/role.ts'
import type { LeftoverAction, LeftoverState } from '#contract/renovation.ts'

export interface LeftoverStanding { state: LeftoverState, workedBy: readonly string[] }

const handlers: readonly Role[] = ['duty', 'community']

/** 销号 as with a case: who had it in hand brings the evidence, somebody else looks at it and turns the second key. */
export const leftoverTransitions: Record<LeftoverAction, { from: LeftoverState[], to: LeftoverState, who: readonly Role[], secondKey?: true }> = {
  'start': {
    from: ['open'],
    to: 'working',
    who: handlers,
  },
  'propose': {
    from: ['open', 'working'],
    to: 'proposed',
    who: handlers,
  },
  'confirm': {
    from: ['proposed'],
    to: 'closed',
    who: [...handlers, 'inspector'],
    secondKey: true,
  },
  'send-back': {
    from: ['proposed'],
    to: 'working',
    who: [...handlers, 'inspector'],
    secondKey: true,
  },
  'reopen': {
    from: ['closed'],
    to: 'open',
    who: [...handlers, 'inspector'],
  },
}

/** Why this person may not do it now; null = go ahead. */
export function refusalOf(action: LeftoverAction, { state, workedBy }: LeftoverStanding, actor: { id: string, role: Role }): string | null {
  const { from, who, secondKey } = leftoverTransitions[action]
  if (!from.includes(state))
    return `It is ${state}: ${action} starts from ${from.join(' or ')}.`
  if (!who.includes(actor.role))
    return `The role ${actor.role} does not do that.`
  return secondKey && workedBy.includes(actor.id)
    ? 'Taking it off needs two keys: somebody else looks at it than who had it in hand.'
    : null
}

/** What can come next, with why the asker may not. */
export function possibleActions(standing: LeftoverStanding, actor: { id: string, role: Role }): { action: LeftoverAction, refusal: string | null }[] {
  return (Object.keys(leftoverTransitions) as LeftoverAction[])
    .filter(action => leftoverTransitions[action].from.includes(standing.state))
    .map(action => ({
      action,
      refusal: refusalOf(action, standing, actor),
    }))
}

/** Those who had it in hand after the action; a reopened one is nobody's again. */
export function workedByAfter(action: LeftoverAction, workedBy: readonly string[], actor: string): string[] {
  if (action === 'reopen')
    return []
  return action === 'start' || action === 'propose'
    ? [
        ...new Set([...workedBy, actor]),
      ]
    : [...workedBy]
}
