import type { Way } from '../../server/demo/geometry/drawing.ts'
import type { Town } from '../../server/demo/town.ts'
import { describe, expect, it } from 'vitest'
import { townOfSeed } from './first-town.ts'
import { contains, signedArea } from '../../server/demo/geometry/plane.ts'
import { buildingsInWater, buildingsOnWays, highwaysOf, housesBeyondTheirWall, overlappingBuildings, walkableParts, wallsCrossed } from './town-checks.ts'

const area = (region: Town['regions'][number]) => region.outline.flat().reduce((sum, ring) => sum + signedArea(ring), 0)

describe.each(['demo', 'another'])('the town of the seed “%s”', (seed) => {
  const town = townOfSeed(seed).town
  const [subdistrict] = town.regions
  const communities = town.regions.filter(region => region.level === 'community' || region.level === 'village')
  const grids = town.regions.filter(region => region.level === 'grid')
  const isWithin = (way: Way) => way.vertices.some(vertex => contains(subdistrict!.outline[0]![0]!, vertex.at))
  const homes = town.compounds.flatMap(compound => compound.buildings)

  it('no building stands on another, on a street, in the river or beyond the wall of its compound', () => {
    expect(overlappingBuildings(town)).toEqual([])
    expect(buildingsOnWays(town)).toEqual([])
    expect(buildingsInWater(town)).toEqual([])
    expect(housesBeyondTheirWall(town)).toEqual([])
  })

  it('no way goes through a wall but at a gate', () => {
    expect(wallsCrossed(town)).toEqual([])
  })

  it('one can walk from everywhere to everywhere', () => {
    expect(walkableParts(town)).toHaveLength(1)
  })

  it('every home is reached from its door through a gate of its compound', () => {
    const [everywhere] = walkableParts(town)
    expect(homes.filter(home => !home.doors.some(door => everywhere!.has(door)))).toEqual([])
    expect(town.compounds.filter(compound => compound.gates.length === 0)).toEqual([])
  })

  it('without its bridges the river parts the town', () => {
    const [north, south] = walkableParts(town, false)
    expect(Math.min(north!.size, south!.size)).toBeGreaterThan(2000)
    const bridges = highwaysOf(town).filter(way => way.tags.bridge && isWithin(way))
    expect(bridges.map(way => way.tags.highway).toSorted()).toEqual(['footway', 'primary', 'primary'])
  })

  it('two streets pass below the railway within the town', () => {
    const tunnels = highwaysOf(town).filter(way => way.tags.tunnel && isWithin(way))
    expect(new Set(tunnels.map(way => way.tags.name)).size).toBeGreaterThanOrEqual(2)
  })

  it('about 60,000 people live in households of about 2.6, about a quarter of them aged 60 or more', () => {
    const { population, households, aged60, aged70, aged80 } = subdistrict!.residents
    expect(population).toBeGreaterThan(57_000)
    expect(population).toBeLessThan(63_000)
    expect(population / households).toBeCloseTo(2.6, 1)
    expect(aged60 / population).toBeGreaterThan(0.22)
    expect(aged60 / population).toBeLessThan(0.26)
    expect(aged70).toBeLessThan(aged60)
    expect(aged80).toBeLessThan(aged70)
  })

  it('the older a compound, the older its people', () => {
    const share = (from: number, to: number) => {
      const list = homes.filter(home => home.compound!.style !== 'village' && home.builtYear >= from && home.builtYear < to).map(home => town.residents.get(home)!)
      return list.reduce((sum, people) => sum + people.aged60, 0) / list.reduce((sum, people) => sum + people.population, 0)
    }
    expect(share(1970, 1995)).toBeGreaterThan(share(2000, 2030) * 1.2)
  })

  it('sixteen communities and villages tile the subdistrict, and grids tile each of them, without overlap or gap', () => {
    expect(communities).toHaveLength(16)
    expect(communities.filter(region => region.level === 'village')).toHaveLength(2)
    expect(communities.reduce((sum, region) => sum + area(region), 0)).toBeCloseTo(area(subdistrict!), 3)
    for (const community of communities) {
      const own = grids.filter(grid => grid.parent === community.code)
      expect(own.reduce((sum, grid) => sum + area(grid), 0)).toBeCloseTo(area(community), 3)
      expect(own.reduce((sum, grid) => sum + grid.residents.population, 0)).toBe(community.residents.population)
    }
    for (const land of town.land.filter(l => l.block.inside))
      expect(grids.filter(grid => grid.outline.some(([outer, ...holes]) => contains(outer!, land.middle) && !holes.some(hole => contains(hole, land.middle))))).toHaveLength(1)
  })

  it('every region is of one piece', () => {
    expect(town.regions.filter(region => region.outline.length !== 1).map(region => region.code)).toEqual([])
  })

  it('codes have 9, 12 and 15 digits, are numbered from 001 on, and every name is given once', () => {
    expect(subdistrict!.code).toBe('990101001')
    expect(communities.map(region => region.code)).toEqual(communities.map((_, i) => `990101001${String(i + 1).padStart(3, '0')}`))
    for (const community of communities) {
      const own = grids.filter(grid => grid.parent === community.code)
      expect(own.map(grid => grid.code)).toEqual(own.map((_, i) => community.code + String(i + 1).padStart(3, '0')))
    }
    expect(new Set(communities.map(region => region.name)).size).toBe(16)
    expect(new Set(town.compounds.map(compound => compound.name)).size).toBe(town.compounds.length)
  })

  it('the area is that of a subdistrict', () => {
    expect(area(subdistrict!) / 1e6).toBeGreaterThan(3.8)
    expect(area(subdistrict!) / 1e6).toBeLessThan(5)
  })
})
