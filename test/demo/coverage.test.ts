import { createCoverageCalculator } from '#coverage/coverage.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { expect, it } from 'vitest'
import { toLngLat } from '../../server/demo/layout/geo.ts'
import { osmRows, recordsOfRows } from '../world/osm-records.ts'
import { townOfSeed } from './first-town.ts'

it('about four fifths of the elders reach a care facility in 15 minutes at 0.8 m/s, and nobody is lost on the way', async () => {
  const { town, files, subdistrict } = townOfSeed('demo')
  const rows = await osmRows(files.find(file => file.kind === 'osm')!.open())
  const aged60 = new Map([...town.residents].map(([home, people]) => [home.way.id, people.aged60]))
  const model = buildWalkModel(recordsOfRows(rows, building => ({ aged60: aged60.get(building.id) ?? 0 })))
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
        grid: null,
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
