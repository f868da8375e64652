import type { Field } from '../../renovation/columns.ts'
import type { HandlingStepInput, HandlingStepName, WageHandling } from '#contract/wage-handling.ts'
import type { WageLedger } from '#contract/wages.ts'
import { OrderArticle, ServiceManner } from '#contract/wage-handling.ts'
import { isOut } from './papers.ts'

/** What a form has in hand: empty fields are not said. */
export type StepDraft = { [K in keyof HandlingStepInput]?: HandlingStepInput[K] | null } & { on: string, cases: string[], documents: string[] }

const on: Field = { name: 'on', kind: 'day' }
const yuan: Field = { name: 'yuan', kind: 'number', step: 0.01 }
const people: Field = { name: 'people', kind: 'number' }
const note: Field = { name: 'note', kind: 'text', wide: true }
const paper: Field = { name: 'paper', kind: 'text' }

const fields: Record<HandlingStepName, Field[]> = {
  'complain': [on, yuan, people, note],
  'check': [on, yuan, people, note],
  'order': [
    on,
    {
      name: 'article',
      kind: 'choice',
      choices: OrderArticle.options.map(option => String(option.value)),
      words: article => `handling.article.${article}`,
      wide: true,
    },
    yuan,
    people,
    { name: 'payBy', kind: 'day' },
    { name: 'issuer', kind: 'text' },
    note,
  ],
  'receipt': [
    on,
    { name: 'receivedBy', kind: 'text' },
    {
      name: 'manner',
      kind: 'choice',
      choices: ServiceManner.options,
      words: manner => `handling.manner.${manner}`,
    },
    paper,
  ],
  'pay': [
    on,
    yuan,
    people,
    paper,
    note,
  ],
  'transfer': [
    on,
    { name: 'unit', kind: 'text' },
    note,
  ],
  'link': [on],
  'call-back': [
    on,
    {
      name: 'confirmed',
      kind: 'choice',
      choices: ['true', 'false'],
      words: answer => `handling.answer.${answer}`,
    },
    people,
    note,
  ],
  'propose-close': [on, note],
  'close': [on, note],
  'send-back': [on, note],
  'reopen': [on, note],
}

export const withCases: readonly HandlingStepName[] = ['complain', 'link']
export const withFiles: readonly HandlingStepName[] = [
  'complain',
  'check',
  'order',
  'receipt',
  'pay',
  'transfer',
]

/** The fields of a step; why steps are left out is asked where some are, or where the server asks. */
export function fieldsOf(step: HandlingStepName, draft: StepDraft, handling: WageHandling | null, asked: boolean): Field[] {
  return asked || leapsOver(step, draft, handling)
    ? [
        ...fields[step],
        { name: 'skipReason', kind: 'text', wide: true },
      ]
    : fields[step]
}

/** What a form begins with: the sums that are known, and who has to pay first. */
export function firstDraft(step: HandlingStepName, { handling, ledger, today }: { handling: WageHandling | null, ledger: WageLedger, today: string }): StepDraft {
  const draft: StepDraft = { on: today, cases: [], documents: [] }
  const toPay = handling && {
    yuan: handling.foundYuan ?? handling.claimedYuan,
    people: handling.foundPeople ?? handling.claimedPeople,
  }
  switch (step) {
    case 'complain':
    case 'check':
      return {
        ...draft,
        ...ledger.owed.yuan > 0 && { yuan: ledger.owed.yuan, people: ledger.owed.people },
      }
    case 'order': {
      const first = ledger.obligations[0]
      return {
        ...draft,
        ...toPay,
        article: first?.article ?? 30,
        addressee: first?.party ?? ledger.parties.find(({ role }) => role === 'general-contractor')?.id ?? null,
        issuer: handling?.steps.findLast(({ issuer }) => issuer)?.issuer ?? null,
      }
    }
    case 'receipt':
      return { ...draft, ofStep: handling?.steps.find(one => isOut(one, handling))?.nr ?? null, manner: 'in-person' }
    case 'pay':
      return {
        ...draft,
        yuan: toPay!.yuan - handling!.paidYuan,
        people: Math.max(0, toPay!.people - handling!.paidPeople),
      }
    case 'call-back':
      return { ...draft, confirmed: true }
    default:
      return draft
  }
}

/** As the server wants it: what is empty is left out. */
export function stepInput(draft: StepDraft): HandlingStepInput {
  const { article, confirmed, ...said } = draft
  const filled = Object.entries(said).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
  return {
    ...Object.fromEntries(filled),
    on: draft.on,
    ...article && {
      article: Number(article) as HandlingStepInput['article'],
    },
    ...confirmed !== undefined && confirmed !== null && { confirmed: String(confirmed) === 'true' },
  }
}

/** Whether it leaves out a station of the main way: an order without a check, the whole sum paid without an order. */
export function leapsOver(step: HandlingStepName, { yuan, people }: StepDraft, handling: WageHandling | null): boolean {
  if (!handling)
    return false
  if (step === 'order')
    return handling.state === 'complained'
  return step === 'pay' && (handling.state === 'complained' || handling.state === 'checked')
    && handling.paidYuan + (yuan ?? 0) >= (handling.foundYuan ?? handling.claimedYuan)
    && handling.paidPeople + (people ?? 0) >= (handling.foundPeople ?? handling.claimedPeople)
}
