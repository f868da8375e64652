import type { ChainSign, PartyInput } from '#contract/wages.ts'
import { ancestorsOf } from './chain.ts'

type Link = Pick<PartyInput, 'id' | 'parent' | 'role' | 'qualified' | 'signer' | 'amountYuan'> & { companyId: string }

/** Labour and crews together: a labour company with its crews is two layers and in order. */
const labourLayers = 3
/** A contract that passes on this share of the one above keeps no work of its own. No public rule gives a figure. */
const wholeShare = 0.95

/**
 * Signs in the chain of what 建筑工程施工发包与承包违法行为认定查处管理办法 (建市规〔2019〕1号) calls 转包, 违法分包 and 挂靠. They
 * say what to look into; whether it is so, only an inquiry finds.
 */
export function signsOf(links: readonly Link[]): ChainSign[] {
  const byId = new Map(links.map(link => [link.id, link]))
  return [
    ...sameSigners(links),
    ...links.filter(({ qualified, parent }) => qualified === false && parent !== null).map((link): ChainSign => ({
      sign: 'no-qualification',
      mayBe: link.role === 'general-contractor'
        ? ['挂靠']
        : ['违法分包', '挂靠'],
      parties: [link.id],
    })),
    ...links.flatMap((link): ChainSign[] => {
      const above = ancestorsOf(link, byId)
      const hasBelow = links.some(({ parent, role }) => parent === link.id && isLabour(role))
      if (above === 'cycle' || !isLabour(link.role) || hasBelow)
        return []
      const layers = [link, ...above].filter(({ role }) => isLabour(role))
      return layers.length >= labourLayers
        ? [
            {
              sign: 'labour-layers',
              mayBe: ['违法分包'],
              parties: layers.map(({ id }) => id).reverse(),
            },
          ]
        : []
    }),
    ...links.flatMap((link): ChainSign[] => {
      const parent = link.parent === null
        ? undefined
        : byId.get(link.parent)
      const isWhole = parent && parent.role !== 'developer' && link.amountYuan !== null && parent.amountYuan && link.amountYuan >= wholeShare * parent.amountYuan
      return isWhole
        ? [
            {
              sign: 'passed-on-whole',
              mayBe: ['转包'],
              parties: [parent.id, link.id],
            },
          ]
        : []
    }),
  ]
}

function isLabour(role: Link['role']): boolean {
  return role === 'labour' || role === 'crew'
}

/** One person for two companies of the chain. */
function sameSigners(links: readonly Link[]): ChainSign[] {
  const bySigner = Map.groupBy(links.filter(({ signer }) => signer !== null), ({ signer }) => signer!.normalize('NFKC').replace(/\s/g, ''))
  return [
    ...bySigner.values(),
  ]
    .filter(group => new Set(group.map(({ companyId }) => companyId)).size > 1)
    .map(group => ({
      sign: 'same-signer',
      mayBe: ['挂靠', '转包'],
      parties: group.map(({ id }) => id),
    }))
}
