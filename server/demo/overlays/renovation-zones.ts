import type { RenovationStage } from '#contract/places.ts'
import type { Compound } from '../fill/site.ts'
import type { Random } from '../random.ts'
import type { Town } from '../town.ts'
import type { DemoZoneLedger } from './zone-ledgers.ts'
import { signedArea } from '../geometry/plane.ts'
import { dayFrom } from './days.ts'
import { composeZoneLedger } from './zone-ledgers.ts'

export interface DemoZone {
  id: string
  compound: Compound
  properties: Record<string, string | number | null>
  stage: RenovationStage
  ledger: DemoZoneLedger
}

const propertyCompanies = [
  '示范物业服务中心',
  '社区自管',
  '演示物业公司',
  '样例物业公司',
  '示范安居物业公司',
]

/** Which stage each of the eight has reached, and so many days ago its works began or will begin. */
const plans: { stage: RenovationStage, start: number, days: number, progress: number, leftovers: [number, number] }[] = [
  {
    stage: 'construction',
    start: -96,
    days: 190,
    progress: 0.52,
    leftovers: [2, 5],
  },
  {
    stage: 'construction',
    start: -38,
    days: 210,
    progress: 0.18,
    leftovers: [0, 2],
  },
  {
    stage: 'acceptance',
    start: -262,
    days: 240,
    progress: 0.97,
    leftovers: [4, 8],
  },
  {
    stage: 'upkeep', // its warranty ends in fifteen days
    start: -945,
    days: 230,
    progress: 1,
    leftovers: [3, 6],
  },
  {
    stage: 'handover',
    start: -395,
    days: 220,
    progress: 1,
    leftovers: [6, 11],
  },
  {
    stage: 'tender',
    start: 45,
    days: 200,
    progress: 0,
    leftovers: [0, 0],
  },
  {
    stage: 'publication',
    start: 110,
    days: 220,
    progress: 0,
    leftovers: [0, 0],
  },
  {
    stage: 'survey',
    start: 300,
    days: 240,
    progress: 0,
    leftovers: [0, 0],
  },
]

/**
 * Eight compounds from before the end of 2000 (国办发〔2020〕23号), in communities as different as can be, from survey to upkeep.
 * All firms are invented and called 示范, 演示 or 样例, so that no real one is spoken of.
 */
export function chooseZones({ compounds, residents, regions, plan }: Omit<Town, 'facilities'>, now: Date, random: Random): DemoZone[] {
  const old = random.shuffle(compounds.filter(compound => compound.builtYear <= 2000 && compound.style !== 'village' && compound.buildings.length >= 4))
  const communityOf = (compound: Compound) => regions.find(region => (region.level === 'community' || region.level === 'village') && region.land.includes(compound.land))!
  const chosen: Compound[] = []
  for (const again of [false, true]) {
    for (const compound of old) {
      if (chosen.length < plans.length && !chosen.includes(compound) && (again || !chosen.some(other => communityOf(other) === communityOf(compound))))
        chosen.push(compound)
    }
  }
  return chosen.map((compound, i) => {
    const { stage, start, days, progress, leftovers } = plans[i]!
    const begun = start < 0
    const over = start + days < 0
    const households = compound.buildings.reduce((sum, home) => sum + residents.get(home)!.households, 0)
    const floorArea = Math.round(compound.buildings.reduce((sum, home) => sum + signedArea(home.ring) * home.floors, 0))
    const funds = Math.round(floorArea * random.between(310, 460) / 10_000) * 10_000
    const known = stage !== 'survey'
    const worksEnd = over
      ? dayFrom(now, Math.min(-1, start + days + random.integer(4, 26)))
      : null
    const warrantyEnd = over
      ? dayFrom(now, start + days + 730)
      : null
    const properties = {
      小区名称: compound.name,
      社区: communityOf(compound).code,
      批次: batchOf(dayFrom(now, start)),
      阶段: stage,
      进度: progress,
      栋数: compound.buildings.length,
      户数: households,
      建筑面积: floorArea,
      建成年代: compound.builtYear,
      产权单位: compound.name.endsWith('宿舍')
        ? `${compound.name.replace(/宿舍$/, '')}（原单位）`
        : random.pick(['业主共有', '房改房，业主共有', '直管公房']),
      施工单位: begun
        ? random.pick(['示范建设一公司', '示范建设二公司', '演示建工集团'])
        : null,
      设计单位: known
        ? random.pick(['示范建筑设计院', '样例规划设计公司'])
        : null,
      监理单位: begun
        ? random.pick(['样例监理公司', '演示工程监理公司'])
        : null,
      物业公司: propertyCompanies[i % propertyCompanies.length]!,
      同意率: known
        ? Math.round(random.between(0.81, 0.97) * 1000) / 1000
        : null,
      资金: known ? funds : null,
      计划开工: dayFrom(now, start + random.integer(-6, 0)),
      计划竣工: dayFrom(now, start + days),
      实际开工: begun
        ? dayFrom(now, start)
        : null,
      实际竣工: worksEnd,
      质保到期: warrantyEnd,
      遗留问题: random.integer(...leftovers),
    }
    return {
      id: `LG${plan.code}${String(i + 1).padStart(2, '0')}`,
      compound,
      stage,
      properties,
      ledger: composeZoneLedger({
        i,
        stage,
        start,
        days,
        progress,
        properties,
        houses: compound.buildings.map(home => ({ name: home.way.tags.name ?? '', households: residents.get(home)!.households })),
      }, now, random.fork(`ledger ${i}`)),
    }
  })
}

function batchOf(day: string): string {
  return `${day.slice(0, 4)}年第${Number(day.slice(5, 7)) <= 6
    ? '一'
    : '二'}批`
}
