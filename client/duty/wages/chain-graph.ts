import type { Exposure } from '#contract/wages.ts'

export interface GraphNode {
  /** an address in the page, or null for the one in the middle */
  href: string | null
  id: string
  name: string
  kind: 'own' | 'site' | 'company'
  warning: 'red' | 'yellow' | 'none'
  owedYuan: number
  /** sites that a company is on, of those shown */
  sites: number
  /** named without being pointed at */
  isNamed: boolean
  /** of a circle with radius 100, before it is stretched */
  x: number
  y: number
}

export interface ChainGraph {
  nodes: GraphNode[]
  edges: { source: string, target: string }[]
  /** what did not fit, the least owed and least shared */
  leftOut: number
}

/** More signs than this are a cloud and no picture. */
export const mostNodes = 200
const mostSites = 80
/** The rings are ellipses: a screen is wider than high. */
export const stretch = 1.9
/** So few are all named. */
const fewNodes = 26
const namedSites = 6
const namedCompanies = 6
const innerRadius = 56
const arcSteps = 720

/**
 * One company (or person) in the middle, its sites on a ring around it, the other companies on a ring outside, each beside its sites: who
 * stands on several lies between them. The same data gives the same picture.
 */
export function chainGraph(exposure: Exposure, addresses: { site: (id: string) => string, company: (id: string) => string }): ChainGraph {
  const own = new Set(exposure.company
    ? [exposure.company.id]
    : [])
  const sites = exposure.sites.slice(0, mostSites)
  const others = new Map<string, { name: string, sites: number[] }>()
  sites.forEach(({ companies }, at) => companies.filter(({ companyId }) => !own.has(companyId)).forEach(({ companyId, company }) => {
    const entry = others.get(companyId) ?? { name: company, sites: [] }
    entry.sites.push(at)
    others.set(companyId, entry)
  }))
  const byShared = [...others].sort(([a, one], [b, other]) => other.sites.length - one.sites.length || one.sites[0]! - other.sites[0]! || (a < b
    ? -1
    : 1))
  const shown = byShared.slice(0, mostNodes - 1 - sites.length)
  const isSmall = 1 + sites.length + shown.length <= fewNodes
  const places = spread(sites.length)
  const angleOfSite = (at: number) => turn(places[at]!, sites.length)
  // Around the ring by the middle of its sites: lines stay short and cross seldom.
  const around = shown
    .map(([id, { name, sites }], rank) => ({
      id,
      name,
      sites,
      rank,
      angle: middle(sites.map(angleOfSite)),
    }))
    .sort((a, b) => a.angle - b.angle || a.rank - b.rank)
  return {
    nodes: [
      {
        href: null,
        id: 'own',
        name: exposure.company?.name ?? exposure.signer ?? '',
        kind: 'own',
        warning: 'none',
        owedYuan: exposure.totals.owedYuan,
        sites: sites.length,
        isNamed: true,
        x: 0,
        y: 0,
      },
      ...sites.map((site, at): GraphNode => ({
        href: addresses.site(site.worksite),
        id: `site ${site.worksite}`,
        name: site.name,
        kind: 'site',
        warning: site.warning,
        owedYuan: site.owedYuan,
        sites: 1,
        isNamed: isSmall || (at < namedSites && site.owedYuan > 0),
        ...onRing(angleOfSite(at), innerRadius),
      })),
      ...around.map(({ id, name, sites, rank }, at): GraphNode => ({
        href: addresses.company(id),
        id: `company ${id}`,
        name,
        kind: 'company',
        warning: 'none',
        owedYuan: sites.reduce((sum, site) => sum + exposure.sites[site]!.owedYuan, 0),
        sites: sites.length,
        isNamed: isSmall || (rank < namedCompanies && sites.length > 1),
        ...onRing(turn(at, around.length), 100),
      })),
    ],
    edges: [
      ...sites.map(({ worksite }) => ({ source: 'own', target: `site ${worksite}` })),
      ...around.flatMap(({ id, sites: at }) => at.map(site => ({ source: `site ${sites[site]!.worksite}`, target: `company ${id}` }))),
    ],
    leftOut: exposure.sites.length - sites.length + byShared.length - shown.length,
  }
}

/** Places on the ring so that the first few stand apart: the largest debts have room for their names. */
function spread(count: number): number[] {
  const places: number[] = []
  const goldenShare = (3 - Math.sqrt(5)) / 2
  const byTurn = Array.from({ length: count }, (_, rank) => ({ rank, turn: (rank * goldenShare) % 1 })).sort((a, b) => a.turn - b.turn)
  byTurn.forEach(({ rank }, place) => places[rank] = place)
  return places
}

function turn(at: number, of: number): number {
  return 2 * Math.PI * (at + 0.5) / Math.max(1, of)
}

/** Of directions: 350° and 10° meet at 0°. Between 0 and a full turn. */
function middle(angles: readonly number[]): number {
  const sum = (of: (angle: number) => number) => angles.reduce((total, angle) => total + of(angle), 0)
  const angle = Math.atan2(sum(Math.sin), sum(Math.cos))
  return angle < 0
    ? angle + 2 * Math.PI
    : angle
}

/** Clockwise from the top. Equal turns are equal ways along the stretched ring: by equal angles its sides would be crowded. */
function onRing(angle: number, radius: number): { x: number, y: number } {
  const even = evenAngle(angle / (2 * Math.PI))
  return { x: radius * Math.sin(even), y: -radius * Math.cos(even) }
}

/** Lengths of the stretched ring from the top to each of `arcSteps` angles. */
const arcs = Array.from({ length: arcSteps }).reduce<number[]>((lengths, _, at) => {
  const angle = 2 * Math.PI * (at + 0.5) / arcSteps
  return [...lengths, lengths.at(-1)! + Math.hypot(stretch * Math.cos(angle), Math.sin(angle))]
}, [0])

/** The angle by which this share of the ring's length is passed. */
function evenAngle(share: number): number {
  const way = (share - Math.floor(share)) * arcs.at(-1)!
  const at = arcs.findIndex(length => length > way)
  const [from, to] = [arcs[at - 1]!, arcs[at]!]
  return 2 * Math.PI * (at - 1 + (way - from) / (to - from)) / arcSteps
}
