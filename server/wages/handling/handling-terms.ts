import type { HandlingTerm } from '#contract/wage-handling.ts'

const source = '本系统默认，无统一规定'

/** Until when the next step has to come, in working days after the one before it. An order sets its own day of payment. */
export const defaultHandlingTerms: HandlingTerm[] = [
  {
    term: 'check',
    workingDays: 5,
    source: '关于实施《劳动保障监察条例》若干规定第十八条：五个工作日内受理（转引）',
  },
  {
    term: 'order',
    workingDays: 10,
    source: '本系统默认；法定上限六十个工作日（劳动保障监察条例第十七条）',
  },
  { term: 'call-back', workingDays: 5, source },
  { term: 'close', workingDays: 5, source },
]

export function handlingTermsInForce(set: readonly HandlingTerm[]): HandlingTerm[] {
  return defaultHandlingTerms.map(term => set.find(other => other.term === term.term) ?? term)
}
