import type { Obligation, PartyInput } from '#contract/wages.ts'
import { ancestorsOf } from './chain.ts'

type Link = Pick<PartyInput, 'id' | 'parent' | 'role' | 'qualified'>

/**
 * Who has to pay what a site owes, in order (保障农民工工资支付条例): art. 30, the general contractor first, with recourse; art. 36, the
 * developer or general contractor who let work to somebody without qualification; then those who employ, who are
 * directly responsible by the same article. Art. 36 names developer and general contractor only: where somebody below let the
 * work, the nearest of these above answers.
 */
export function obligationsOf(links: readonly Link[]): Obligation[] {
  const byId = new Map(links.map(link => [link.id, link]))
  const contractors = links.filter(({ role }) => role === 'general-contractor')
  const found: Obligation[] = contractors.map(({ id }) => ({
    party: id,
    article: 30,
    duty: 'pays-first',
    because: null,
  }))
  for (const link of links.filter(({ qualified }) => qualified === false)) {
    const above = ancestorsOf(link, byId)
    const answers = above === 'cycle'
      ? undefined
      : above.find(({ role }) => role === 'general-contractor' || role === 'developer')
    if (answers) {
      found.push({
        party: answers.id,
        article: 36,
        duty: 'let-to-unqualified',
        because: link.id,
      })
    }
  }
  for (const { id, role } of links) {
    if ((role === 'subcontractor' || role === 'labour') && !links.some(({ parent, role: below }) => parent === id && below !== 'crew')) {
      found.push({
        party: id,
        article: 30,
        duty: 'employs',
        because: null,
      })
    }
  }
  return found
}
