import type { GeneratedTown } from '../../server/demo/generate-town.ts'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { firstTowns, townOfSeed } from './first-town.ts'

const generate = townOfSeed

async function bytesOf(town: GeneratedTown, name: string): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of town.files.find(file => file.name === name)!.open())
    parts.push(part)
  return Buffer.concat(parts)
}

async function hashOf(town: GeneratedTown): Promise<string> {
  const hash = createHash('sha256')
  for (const { name } of town.files)
    hash.update(await bytesOf(town, name))
  return hash.digest('hex')
}

describe('the generated files', () => {
  const town = generate('demo')

  it('the same seed gives the same bytes', async () => {
    expect(await hashOf(generate('demo'))).toBe(await hashOf(town))
  })

  it('another seed gives another town', async () => {
    expect((await bytesOf(generate('other'), 'town.osm')).equals(await bytesOf(town, 'town.osm'))).toBe(false)
  })

  it('a file can be opened twice', async () => {
    expect((await bytesOf(town, 'cases.csv')).equals(await bytesOf(town, 'cases.csv'))).toBe(true)
  })

  it('they come in the order in which they can be imported', () => {
    expect(town.files.map(file => file.kind)).toEqual([
      'regions',
      'osm',
      'population',
      'facilities',
      'renovation',
      'worksites',
      'officers',
      'cases',
    ])
  })

  it('phones are made up, and firms are called so that no real one is meant', async () => {
    const phones = (await bytesOf(town, 'cases.csv')).toString().match(/\b1\d{10}\b/g)!
    expect(phones.length).toBeGreaterThan(1000)
    expect(phones.filter(phone => !phone.startsWith('1990000'))).toEqual([])
    const { features } = JSON.parse((await bytesOf(town, 'worksites.geojson')).toString()) as { features: { properties: Record<string, string> }[] }
    for (const { properties } of features) {
      for (const party of [properties.建设单位, properties.总包单位, properties.劳务公司])
        expect(party).toMatch(/示范|演示|样例/)
    }
  })

  it('eight renovation zones lie in at least seven stages; twelve worksites, five of which owe nothing', async () => {
    const zones = JSON.parse((await bytesOf(town, 'renovation.geojson')).toString()) as { features: { properties: Record<string, string> }[] }
    expect(zones.features).toHaveLength(8)
    expect(new Set(zones.features.map(zone => zone.properties.阶段)).size).toBeGreaterThanOrEqual(7)
    const sites = JSON.parse((await bytesOf(town, 'worksites.geojson')).toString()) as { features: { properties: Record<string, number> }[] }
    expect(sites.features).toHaveLength(12)
    expect(sites.features.filter(site => site.properties.欠薪金额 === 0)).toHaveLength(5)
  })
})

it('towns side by side share the crossings on their common border', () => {
  const [first, second] = firstTowns(2, 'demo', 'district', new Date())
  const nodes = (generated: GeneratedTown) => new Map(generated.town.drawing.vertices.map(vertex => [vertex.id, vertex.at]))
  const here = nodes(first!)
  const shared = [
    ...nodes(second!),
  ].filter(([id]) => here.has(id))
  expect(shared.length).toBeGreaterThanOrEqual(3)
  for (const [id, at] of shared) {
    expect(at[0]).toBeCloseTo(here.get(id)![0], 1)
    expect(at[1]).toBeCloseTo(here.get(id)![1], 1)
  }
  expect(second!.subdistrict).toBe('990101002')
})
