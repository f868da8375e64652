import type { Point } from '../geometry/plane.ts'
import type { Random } from '../random.ts'
import type { PartyRole } from '#contract/wages.ts'
import type { Town } from '../town.ts'
import type { DemoLedger } from './wage-ledgers.ts'
import type { DemoZone } from './renovation-zones.ts'
import { centroid, contains, distance } from '../geometry/plane.ts'
import { findWarnings, worstOf } from '../../wages/find-warnings.ts'
import { lastMonthOver, owedOf } from '../../wages/owed.ts'
import { defaultWageRules } from '../../wages/warning-rules.ts'
import { dayFrom } from './days.ts'
import { composeLedger } from './wage-ledgers.ts'

export interface DemoWorksite { id: string, at: Point, ledger: DemoLedger, properties: Record<string, string | number | boolean | null> }

const WORKSITES = 12

/**
 * Twelve sites: new buildings, renovation zones where works go on, streets that are dug up, rebuilt landmarks. Parties are
 * invented (示范, 演示, 样例). Five owe nothing, three are yellow, four red: the figures of the file are those of the ledger, which the
 * demo writes once the sites are there.
 */
export function chooseWorksites({ landmarks, streets, nameOfStreet, plan, regions }: Omit<Town, 'facilities'>, zones: readonly DemoZone[], now: Date, random: Random): DemoWorksite[] {
  const places: { name: string, at: Point }[] = []
  for (const works of landmarks.filter(mark => mark.use === 'works')) {
    works.buildings.slice(0, 2).forEach((building, i) => places.push({
      name: `${works.name}${i === 0
        ? '一标段'
        : '二标段'}`,
      at: centroid(building.ring),
    }))
  }
  for (const zone of zones.filter(z => z.stage === 'construction' || z.stage === 'acceptance')) {
    places.push({
      name: `${zone.compound.name}改造工程`,
      at: centroid(zone.compound.buildings[0]!.ring),
    })
  }
  const roads = random.shuffle(streets.filter(street => street.line.kind !== 'lane' && street.line.kind !== 'footbridge' && !street.bridge && nameOfStreet(street) && street.vertices.some(v => isInside(v.at))))
  for (const street of roads.slice(0, 3))
    places.push({ name: `${nameOfStreet(street)}${random.pick(['雨污分流工程', '热力管网工程', '道路整治工程'])}`, at: street.vertices.find(v => isInside(v.at))!.at })
  for (const mark of random.shuffle(landmarks.filter(m => m.buildings.length > 0 && m.use !== 'works' && m.use !== 'park')).slice(0, WORKSITES)) {
    places.push({
      name: `${mark.name}${random.pick(['修缮工程', '扩建工程', '装修工程'])}`,
      at: centroid(mark.buildings.at(-1)!.ring),
    })
  }

  return places.slice(0, WORKSITES).map(({ name, at }, i) => {
    const ledger = composeLedger(i, random.integer(24, 160), now, random.fork(`ledger ${i}`))
    const today = dayFrom(now, 0)
    const owed = owedOf(ledger.months, today)
    const last = lastMonthOver(ledger.months, today)!
    const company = (role: PartyRole) => ledger.parties.find(party => party.role === role)!.company
    return {
      id: `GD${plan.code}${String(i + 1).padStart(2, '0')}`,
      at,
      ledger,
      properties: {
        项目名称: name,
        社区: regions.find(region => (region.level === 'community' || region.level === 'village') && region.land.some(l => isNear(l.middle, at)))?.code ?? null,
        建设单位: company('developer'),
        总包单位: company('general-contractor'),
        劳务公司: company('subcontractor'),
        欠薪金额: owed.yuan,
        欠薪人数: owed.people,
        欠薪起始: owed.since,
        在册人数: last.attended,
        发薪人数: last.paidPeople,
        预警: worstOf(findWarnings(ledger.months, defaultWageRules, today)),
        争议: owed.yuan > 0 && random.chance(0.25),
      },
    }
  })

  function isInside(p: Point): boolean {
    return contains(regions[0]!.outline[0]![0]!, p)
  }
}

/** Near enough to the middle of a block to be reckoned to it; the import settles it exactly. */
function isNear(middle: Point, p: Point): boolean {
  return distance(middle, p) < 110
}
