import type { HandlingStepInput, HandlingStepName } from '#contract/wage-handling.ts'
import type { Role } from '#contract/role.ts'
import type { Sql, Tx } from '../../../db/connect.ts'
import type { HandlingRow } from '../../../db/queries/wage-handlings.ts'
import type { LedgerHead } from '../../../db/queries/wage-ledger.ts'
import type { WorkingCalendar } from '../../cases/working-calendar.ts'
import type { PersonalData } from '../../privacy/personal-data.ts'
import type { FieldFault } from '../chain.ts'
import type { HandlingRule } from './handling-steps.ts'
import { lockWorksites } from '../../../db/queries/import/worksites.ts'
import { addHandlingCases, addHandlingStep, casesOfHandling, findHandling, readHandlingSteps, readHandlingTerms, settleHandling, takeHandlingId, unfitCases, writeHandling } from '../../../db/queries/wage-handlings.ts'
import { findLedger, readParties } from '../../../db/queries/wage-ledger.ts'
import { appendBySubdistrict } from '../../cases/append-by-subdistrict.ts'
import { chinaDayOf, dayOfText, textOfDay } from '../../cases/working-calendar.ts'
import { attachToPlace } from '../../uploads/attach-to-place.ts'
import { decideStep } from './decide-step.ts'
import { handlingTermsInForce } from './handling-terms.ts'
import { standingOf } from './standing.ts'
import { afterStep } from './step-change.ts'

export interface HandlingWriter { sql: Sql, personal: PersonalData, calendar: WorkingCalendar, now: () => Date }

export interface HandlingRequest {
  /** the site where one is opened, or the handling with the version that the writer has read */
  of: { worksite: string } | { handling: string, version: number }
  step: HandlingStepName
  input: HandlingStepInput
  scope: string | null
  by: { id: string, name: string, role: Role }
}

export type StepTaken = { taken: string, worksite: string, from: HandlingRow['state'] | null, to: HandlingRow['state'] } | { notFound: true } | { stale: true } | { obstacle: string } | { faults: FieldFault[] }

/** Takes one step of a handling, whole or not at all: the step, the handling, what the map shows and the event are one transaction. */
export async function takeHandlingStep(writer: HandlingWriter, request: HandlingRequest): Promise<StepTaken> {
  return await writer.sql.begin(tx => take(tx, writer, request)) as StepTaken
}

async function take(tx: Tx, { personal, calendar, now }: HandlingWriter, { of, step, input, scope, by }: HandlingRequest): Promise<StepTaken> {
  const at = now()
  const worksite = 'worksite' in of
    ? of.worksite
    : (await findHandling(tx, of.handling, scope))?.worksite
  if (worksite === undefined)
    return { notFound: true }
  // Whoever works on the same site waits here; what is read from now on stays.
  await lockWorksites(tx, [worksite])
  const site = await findLedger(tx, worksite, scope)
  const known = 'worksite' in of
    ? null
    : await findHandling(tx, of.handling, scope)
  if (!site || ('handling' in of && !known))
    return { notFound: true }
  if ('handling' in of && known!.version !== of.version)
    return { stale: true }
  const steps = known
    ? await readHandlingSteps(tx, known)
    : []
  const decision = decideStep(known && standingOf(known, steps, await casesOfHandling(tx, known)), step, input, {
    actor: by,
    today: textOfDay(chinaDayOf(at)),
  })
  if ('obstacle' in decision)
    return decision
  const party = input.addressee === undefined
    ? null
    : (await readParties(tx, site)).find(({ id }) => id === input.addressee)
  const faults = [
    ...'faults' in decision
      ? decision.faults
      : [],
    ...party === undefined
      ? [
          { path: 'step.addressee', message: `there is no party “${input.addressee}” in the chain of this worksite` },
        ]
      : [],
    ...await faultsOfCases(tx, site, known?.id ?? null, input, scope),
  ]
  if (faults.length > 0 || 'faults' in decision)
    return { faults }
  const missing = await attachToPlace(tx, input.documents ?? [], {
    subdistrict: site.subdistrict,
    of: 'worksite',
    id: site.worksite,
    uploadedBy: by.id,
  })
  if (missing.length > 0) {
    return {
      faults: missing.map(upload => ({
        path: `step.documents.${input.documents!.indexOf(upload)}`,
        message: `there is no upload ${upload} of yours`,
      })),
    }
  }
  const { rule } = decision
  const before = known ?? await opened(tx, site, input)
  const after: HandlingRow = {
    ...afterStep(before, rule, input, by.id),
    ...await dueAfter(tx, rule, input, before, calendar),
  }
  await writeHandling(tx, after)
  await addHandlingCases(tx, after, input.cases ?? [])
  const { on, receivedBy, documents = [], ...said } = input
  await addHandlingStep(tx, after, {
    nr: steps.length + 1,
    step,
    on,
    at,
    actor: by.id,
    actorName: by.name,
    from: known?.state ?? null,
    to: after.state,
    dueOn: after.dueOn,
    // The paper says whom it was addressed to, whatever becomes of the chain.
    said: party
      ? { ...said, addresseeName: party.company }
      : said,
    receiver: receivedBy === undefined
      ? null
      : personal.seal(receivedBy),
    documents,
  })
  await tell(tx, site, step)
  return {
    taken: after.id,
    worksite: site.worksite,
    from: known?.state ?? null,
    to: after.state,
  }
}

async function opened(tx: Tx, { subdistrict, worksite }: LedgerHead, { on, yuan, people }: HandlingStepInput): Promise<HandlingRow> {
  return {
    subdistrict,
    id: await takeHandlingId(tx, on),
    worksite,
    state: 'complained',
    version: 0,
    openedOn: on,
    dueOn: null,
    dueMissingYear: null,
    claimedYuan: yuan!,
    claimedPeople: people!,
    foundYuan: null,
    foundPeople: null,
    paidYuan: 0,
    paidPeople: 0,
    workedBy: [],
    confirmed: false,
    closeProposedBy: null,
    closedAs: null,
    closedOn: null,
  }
}

async function faultsOfCases(tx: Tx, site: LedgerHead, handling: string | null, { cases = [], on }: HandlingStepInput, scope: string | null): Promise<FieldFault[]> {
  const unfit = {
    'unknown': 'is no case that you may see',
    'other-kind': 'is no case of unpaid wages',
    'other-site': 'belongs to another worksite',
    'later': 'was reported after that day',
    'taken': 'rests in another handling that is not closed',
  }
  const found = await unfitCases(tx, {
    worksite: site.worksite,
    handling,
    scope,
    on,
  }, cases)
  return found.map(({ id, why }) => ({ path: `step.cases.${cases.indexOf(id)}`, message: `${id} ${unfit[why]}` }))
}

/** Until when the next step has to come; what has no term of its own leaves that of the step before. */
async function dueAfter(tx: Tx, { term }: HandlingRule, { on, payBy }: HandlingStepInput, { subdistrict }: HandlingRow, calendar: WorkingCalendar): Promise<Partial<Pick<HandlingRow, 'dueOn' | 'dueMissingYear'>>> {
  if (term === undefined)
    return {}
  if (term === 'payBy' || term === 'none') {
    return {
      dueOn: term === 'none'
        ? null
        : payBy!,
      dueMissingYear: null,
    }
  }
  const { workingDays } = handlingTermsInForce(await readHandlingTerms(tx, subdistrict)).find(one => one.term === term)!
  const due = calendar.addWorkingDays(dayOfText(on), workingDays)
  return 'answer' in due
    ? {
        dueOn: textOfDay(due.answer),
        dueMissingYear: null,
      }
    : { dueOn: null, dueMissingYear: due.missingYear }
}

/** Desks that have the handling open hear of it although the map stays. */
async function tell(tx: Tx, site: LedgerHead, step: HandlingStepName): Promise<void> {
  const { before, after } = await settleHandling(tx, site)
  const [item] = await lockWorksites(tx, [site.worksite])
  await appendBySubdistrict(tx, [
    {
      subdistrict: site.subdistrict,
      draft: {
        type: `worksite.handling-${step}`,
        id: site.worksite,
        regions: [site.subdistrict, item?.properties.community].filter(code => typeof code === 'string'),
        set: before === after
          ? {}
          : { handling: after },
      },
    },
  ])
}
