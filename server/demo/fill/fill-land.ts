import type { Drawing } from '../geometry/drawing.ts'
import type { Plot } from '../geometry/plot.ts'
import type { Land } from '../layout/bend.ts'
import type { BlockUse } from '../layout/skeleton.ts'
import type { NameBank } from '../people/names.ts'
import type { Random } from '../random.ts'
import type { Landmark } from '../town.ts'
import type { PrecinctUse } from './precinct-kinds.ts'
import type { Building, Compound, HomeStyle, Site } from './site.ts'
import { boundsOf, distance, signedArea } from '../geometry/plane.ts'
import { cut, inset } from '../geometry/plot.ts'
import { halfWidth } from '../layout/widths.ts'
import { fillCompound } from './compound.ts'
import { fillContext } from './context.ts'
import { fillPark } from './park.ts'
import { fillPrecinct } from './precinct.ts'
import { fillVillage } from './village.ts'

/** Flats a person: households of 2.6 and a few empty flats. */
const FLATS_PER_PERSON = 1 / 2.6 / 0.965
/** Beyond the border nothing is built farther away than this. */
const CONTEXT_METRES = 700

export interface FilledLand { compounds: Compound[], shops: Building[], landmarks: Landmark[] }

/** Builds on every block: what the layout wants first, then homes until all people have one, then all else. */
export function fillLand(drawing: Drawing, land: readonly Land[], people: number, names: NameBank, random: Random): FilledLand {
  const filled: FilledLand = { compounds: [], shops: [], landmarks: [] }
  const inside = land.filter(l => l.block.inside && l.block.kind === 'block')
  const eraOf = eras(inside, random.fork('eras'))
  let flats = 0
  const wanted = random.fork('order').shuffle(inside).toSorted((a, b) => Number(b.block.use !== undefined) - Number(a.block.use !== undefined))
  for (const piece of wanted) {
    const plot = inset(piece.plot, side => halfWidth[side])
    const own = random.fork(`block ${piece.block.path}`)
    if (!plot || signedArea(plot.ring) < 1500)
      continue
    const site: Site = {
      drawing,
      land: piece,
      random: own,
      built: [],
    }
    const use = piece.block.use ?? (flats < people * FLATS_PER_PERSON
      ? 'homes'
      : own.pick<BlockUse>([
          'offices',
          'offices',
          'square',
          'factory',
          'market',
        ]))
    if (use === 'homes')
      buildHomes(site, plot, eraOf(piece) + own.integer(-4, 5))
    else if (use === 'village')
      take(fillVillage(site, plot, 1992))
    else
      buildLandmark(site, plot, use)
  }
  for (const piece of land) {
    if (piece.block.inside || piece.block.kind !== 'block' || !inside.some(l => distance(l.middle, piece.middle) < CONTEXT_METRES))
      continue
    const plot = inset(piece.plot, side => halfWidth[side])
    if (plot) {
      fillContext({
        drawing,
        land: piece,
        random: random.fork(`context ${piece.block.path}`),
        built: [],
      }, plot)
    }
  }
  return filled

  function buildHomes(site: Site, plot: Plot, year: number) {
    const parts = year < 2005 && signedArea(plot.ring) > 34_000
      ? halves(plot, site.random)
      : [plot]
    for (const part of parts) {
      const styles: HomeStyle[] = [
        styleOf(year, site.random),
        'new-slab',
        'slab',
      ]
      const home = styles.reduce<ReturnType<typeof fillCompound>>((done, style) => done ?? fillCompound(site, part, style, year), undefined)
      if (!home) {
        drawing.area(part.ring, { leisure: 'garden' })
        continue
      }
      take(home.compound)
      filled.shops.push(...home.shops)
    }
  }

  function buildLandmark(site: Site, plot: Plot, use: Exclude<BlockUse, 'homes' | 'village'>) {
    const name = nameOfLandmark(use, names, site.random)
    const buildings = use === 'park'
      ? []
      : fillPrecinct(site, plot, use as PrecinctUse, name)
    if (use === 'park')
      fillPark(site, plot, name)
    filled.landmarks.push({
      name,
      use,
      land: site.land,
      buildings,
    })
  }

  function take(compound: Compound | undefined) {
    if (!compound)
      return
    filled.compounds.push(compound)
    flats += compound.buildings.reduce((sum, building) => sum + building.flats, 0)
  }
}

/** One era a superblock: neighbourhoods were built at one time. Old ones are many, as in any grown town. */
function eras(land: readonly Land[], random: Random): (land: Land) => number {
  const keyOf = (l: Land) => l.block.path.slice(0, 3)
  const keys = [
    ...new Set(land.map(keyOf)),
  ].sort()
  const list = [
    1980,
    1984,
    1987,
    1991,
    1994,
    1997,
    2003,
    2008,
    2013,
    2018,
  ]
  const order = Array.from({
    length: Math.ceil(keys.length / list.length),
  }, () => random.shuffle(list)).flat()
  const eraOf = new Map(keys.map((key, i) => [key, order[i]!]))
  return l => eraOf.get(keyOf(l))!
}

function styleOf(year: number, random: Random): HomeStyle {
  if (year < 2000)
    return 'slab'
  return random.chance(year < 2010
    ? 0.7
    : 0.25)
    ? 'new-slab'
    : 'towers'
}

function nameOfLandmark(use: BlockUse, names: NameBank, random: Random): string {
  const place = names.place()
  switch (use) {
    case 'park': return `${place}公园`
    case 'campus': return `${place}职业学院`
    case 'hospital': return `${place}医院`
    case 'school': return place + random.pick(['小学', '小学', '中学', '实验学校'])
    case 'market': return `${place}农贸市场`
    case 'offices': return place + random.pick(['大厦', '商务中心', '科技园'])
    case 'works': return place + random.pick(['安置房项目', '商业综合体项目', '人才公寓项目'])
    case 'factory': return place + random.pick(['机械厂', '物流园', '创意产业园'])
    default: return place + random.pick(['文化中心', '便民服务中心', '体育馆'])
  }
}

function halves(plot: Plot, random: Random): Plot[] {
  const { west, south, east, north } = boundsOf(plot.ring)
  const upright = east - west > north - south
  const share = random.between(0.44, 0.56)
  const parts = cut(plot, [west + (east - west) * share, south + (north - south) * share], upright
    ? [0.03, 1]
    : [1, 0.03], 'neighbour')
  return parts
    ? [parts.left, parts.right]
    : [plot]
}
