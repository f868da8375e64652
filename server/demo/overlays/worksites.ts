import type { Point } from '../geometry/plane.ts'
import type { Random } from '../random.ts'
import type { Town } from '../town.ts'
import type { DemoZone } from './renovation-zones.ts'
import { centroid, contains, distance } from '../geometry/plane.ts'
import { dayFrom } from './days.ts'

export interface DemoWorksite { id: string, at: Point, properties: Record<string, string | number | boolean | null> }

const WORKSITES = 12

/**
 * Twelve sites: new buildings, renovation zones where works go on, streets that are dug up, rebuilt landmarks. Parties are
 * invented (示范, 演示, 样例). A third owe nothing; the warnings are left to the import's default rule (server/wages).
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
    const workers = random.integer(24, 160)
    const owes = i % 3 !== 2
    const owedPeople = owes
      ? Math.max(4, Math.round(workers * random.between(0.06, 0.5)))
      : 0
    const owedDays = owes
      ? random.integer(16, 140)
      : 0
    const owedYuan = owes
      ? Math.round(owedPeople * (owedDays / 30) * random.between(5200, 8600) / 100) * 100
      : 0
    const payees = workers - Math.round(owedPeople * random.between(0.75, 1))
    return {
      id: `GD${plan.code}${String(i + 1).padStart(2, '0')}`,
      at,
      properties: {
        项目名称: name,
        社区: regions.find(region => (region.level === 'community' || region.level === 'village') && region.land.some(l => isNear(l.middle, at)))?.code ?? null,
        建设单位: random.pick([
          '示范城市更新公司',
          '样例置业公司',
          '街道办事处（演示）',
          '示范市政管理处',
        ]),
        总包单位: random.pick([
          '示范建设一公司',
          '示范建设二公司',
          '演示建工集团',
          '样例市政工程公司',
        ]),
        劳务公司: random.pick([
          '样例劳务甲公司',
          '样例劳务乙公司',
          '演示劳务丙公司',
          '示范劳务丁公司',
        ]),
        欠薪金额: owedYuan,
        欠薪人数: owedPeople,
        欠薪起始: owes
          ? dayFrom(now, -owedDays)
          : null,
        在册人数: workers,
        发薪人数: payees,
        争议: owes && random.chance(0.25),
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
