import type { CaseStatus } from '#contract/case.ts'
import type { HandlingRow, HandlingStepRow } from '../../../db/queries/wage-handlings.ts'
import type { StandingHandling } from './decide-step.ts'

const answered: readonly CaseStatus[] = [
  'resolved',
  'closed',
  'archived',
  'merged',
]

/** A handling as its rules look at it. */
export function standingOf(row: HandlingRow, steps: readonly HandlingStepRow[], cases: readonly { status: CaseStatus }[]): StandingHandling {
  const signedFor = new Set(steps.flatMap(({ step, said }) => step === 'receipt'
    ? said.ofStep ?? []
    : []))
  const papers = steps.filter(({ nr, step }) => (step === 'order' || step === 'transfer') && !signedFor.has(nr)).map(({ nr }) => nr)
  return {
    state: row.state,
    workedBy: row.workedBy,
    confirmed: row.confirmed,
    closeProposedBy: row.closeProposedBy,
    claimedYuan: row.claimedYuan,
    claimedPeople: row.claimedPeople,
    foundYuan: row.foundYuan,
    foundPeople: row.foundPeople,
    paidYuan: row.paidYuan,
    paidPeople: row.paidPeople,
    openCases: cases.filter(({ status }) => !answered.includes(status)).length,
    lastOn: steps.at(-1)?.on ?? null,
    papers,
    papersOut: papers.length,
  }
}
