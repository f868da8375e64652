import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCoverageCalculator } from '#coverage/coverage.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { expect, it } from 'vitest'
import { generateTown } from '../../server/demo/generate-town.ts'
import { toLngLat } from '../../server/demo/layout/geo.ts'
import { emptyFolder } from '../world/folder.ts'
import { osmRecords } from '../world/osm-records.ts'

it('about four fifths of the elders reach a care facility in 15 minutes at 0.8 m/s, and nobody is lost on the way', async () => {
  const { town, files, subdistrict } = generateTown({
    seed: 'demo',
    size: 'subdistrict',
    now: new Date('2026-11-24T02:42:00Z'),
  }).next().value!
  const parts: Uint8Array[] = []
  for await (const part of files.find(file => file.kind === 'osm')!.open())
    parts.push(part)
  const path = join(await emptyFolder(), 'town.osm')
  await writeFile(path, Buffer.concat(parts))

  const aged = new Map([...town.residents].map(([home, people]) => [home.way.id, people.aged60]))
  const model = buildWalkModel(await osmRecords(path, building => aged.get(building.id) ?? 0))
  const { rates, missed } = createCoverageCalculator(model).figures({
    settings: defaultSettings,
    facilities: town.facilities.map(({ id, name, kind, community, open, at, floorArea, capacity }) => {
      const [lng, lat] = toLngLat(at)
      return {
        id,
        subdistrict,
        name,
        kind,
        community: community.code,
        open,
        lng,
        lat,
        floorArea,
        capacity,
      }
    }),
    communities: town.regions.filter(region => region.level === 'community' || region.level === 'village').map(({ code, name, residents }) =>
      ({
        id: code,
        subdistrict,
        name,
        households: residents.households,
        populationAsOf: null,
      })),
  })
  expect(rates.people.denominator).toBe(town.regions[0]!.residents.aged60)
  expect(rates.people.numerator / rates.people.denominator).toBeGreaterThan(0.75)
  expect(rates.people.numerator / rates.people.denominator).toBeLessThan(0.85)
  expect(new Set(missed.map(feature => feature.properties.reason))).toEqual(new Set(['too-far']))
})
