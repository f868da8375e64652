import type { CaseWork } from '#contract/case-work.ts'
import type { CaseContextWithSql } from './case-context.ts'
import type { Actor } from './case-state.ts'
import { readCaseState } from '../../db/queries/case-states.ts'
import { readMerged, readSteps } from '../../db/queries/case-work.ts'
import { uploadsOfCase } from '../../db/queries/uploads.ts'
import { stateOf } from './act-on-case.ts'
import { isTimed } from './clock.ts'
import { regionsOf } from './place-case.ts'
import { possibleActions } from './possible-actions.ts'
import { termClass } from './terms.ts'

/** Clock, history and what the asker may do next; null = no such case within the scope. */
export async function caseWork({ sql, rules, now }: CaseContextWithSql, id: string, actor: Actor, scope: string | null): Promise<CaseWork | null> {
  const row = await readCaseState(sql, id, scope)
  if (!row)
    return null
  const [steps, merged, files] = await Promise.all([
    readSteps(sql, id),
    readMerged(sql, id),
    uploadsOfCase(sql, id),
  ])
  const state = stateOf(row)
  const text = (moment: Date | null) => moment?.toISOString() ?? null
  return {
    id,
    version: row.version,
    clock: {
      state: state.clockPausedAt !== null
        ? 'paused'
        : !isTimed(state.status)
            ? 'stopped'
            : state.dueAt === null
              ? 'unknown'
              : 'running',
      term: termClass(rules, state.term) ?? null,
      dueAt: text(state.dueAt),
      warnAt: text(state.warnAt),
      pausedAt: text(state.clockPausedAt),
      missingYear: state.dueMissingYear,
      card: state.card,
      promised: state.promised,
    },
    contactDueAt: new Date(row.reported_at.getTime() + rules.contactHours[row.urgency] * 3_600_000).toISOString(),
    contactedAt: text(state.contactedAt),
    resolvedAt: text(state.resolvedAt),
    resolvedBy: state.resolvedBy,
    closeProposedBy: state.closeProposedBy,
    planDate: state.planDate,
    reviewAt: state.reviewAt,
    returnRuled: state.returnRuled,
    merged: merged.map(({ reported_at, called_back_at, ...rest }) => ({
      ...rest,
      reportedAt: reported_at.toISOString(),
      calledBackAt: text(called_back_at),
    })),
    steps: steps.map(step => ({
      seq: step.seq,
      at: step.at.toISOString(),
      action: step.action,
      actor: step.actor,
      actorName: step.actor_name,
      from: step.from_status,
      to: step.to_status,
      reason: step.reason,
      evidence: step.evidence,
      planDate: step.plan_date,
      satisfied: step.satisfied,
      solved: step.solved,
      dueAt: text(step.due_at),
    })),
    files: files.map(({ at, ...file }) => ({
      ...file,
      at: at.toISOString(),
    })),
    possible: possibleActions(state, {
      actor,
      regions: regionsOf(row),
      now: now(),
    }),
  }
}
