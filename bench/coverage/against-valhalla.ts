import { existsSync } from 'node:fs'
import process from 'node:process'
import { limitOf } from '#coverage/building-times.ts'
import { createReachCollector } from '#coverage/facility-reach.ts'
import { createGroundGrid } from '#coverage/ground-grid.ts'
import { linkFacilities } from '#coverage/link-facilities.ts'
import { reachPolygons } from '#coverage/reach-polygons.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { timeField } from '#coverage/time-field.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { createWalkSearcher } from '#coverage/walk-search.ts'
import { paceOf } from '#coverage/walker.ts'
import { osmRecords } from '../../test/world/osm-records.ts'
import { sharedData } from '../../test/world/shared-data.ts'
import { medianMs } from './median-ms.ts'
import { fetchValhalla } from './valhalla.ts'

/** Metres between the samples of a polygon: as the pages draw it, and as coarse as Valhalla's own (it answers on a grid of about 50 m). */
const steps = [10, 50]

/**
 * One facility's 15 minutes on foot at 0.8 m/s beside Valhalla's isochrone, on the same extract (.osm or .osm.gz; another one by the
 * environment variable BENCH_EXTRACT). Says so where the extract is not there or Valhalla cannot be had.
 */
export async function againstValhalla(extract = process.env.BENCH_EXTRACT ?? sharedData('osm-beijing-tsinghua/thu.osm')): Promise<Record<string, number | string>> {
  if (!existsSync(extract))
    return { 'against Valhalla': 'not measured: the extract is not there (BENCH_EXTRACT names one)' }
  const model = buildWalkModel(await osmRecords(extract, () => 1))
  const { buildings } = model
  const middle = (of: Float64Array) => of.toSorted()[of.length >> 1]!
  const place = {
    lng: middle(buildings.lngs),
    lat: middle(buildings.lats),
  }
  const { minutes, walker } = defaultSettings
  const linked = linkFacilities(model, [place])
  const searcher = createWalkSearcher(model.graph)
  const collector = createReachCollector(model)
  const search = (limitSeconds: number) => searcher.run({
    targets: linked.links,
    facilities: [0],
    pace: paceOf(walker),
    limitSeconds,
  })
  const limit = limitOf(minutes)
  const alone = measured(() => search(limit))
  const houses = measured(() => collector.collect(search(limit), linked, [0], limit))
  const figures: Record<string, number | string> = {
    'extract: edges': model.graph.edgeCount,
    'extract: streets alone, ms': alone,
    'extract: with exact times to all houses, ms': houses,
  }
  const buildingSeconds = new Float64Array(buildings.count).fill(Infinity)
  for (const step of steps) {
    const ground = createGroundGrid(model, step)
    figures[`extract: with polygon of ${step} m too, ms`] = measured(() => {
      const here = search(limit + 60)
      const { buildings, seconds } = collector.collect(here, linked, [0], limit + 60)
      buildings.forEach((building, i) => { buildingSeconds[building] = seconds[i]! })
      const drawn = reachPolygons(timeField(model, ground, here, buildingSeconds, minutes * 60), model.frame, [minutes])
      buildings.forEach((building) => { buildingSeconds[building] = Infinity })
      return drawn
    })
  }
  const valhalla = await fetchValhalla(extract)
  if ('missing' in valhalla)
    return { ...figures, 'against Valhalla': `not measured, it could not be installed: ${valhalla.missing}` }
  const times: number[] = []
  for (let i = 0; i < 200; i++) {
    const begun = performance.now()
    await valhalla.isochrone(place, minutes, walker.speed)
    times.push(performance.now() - begun)
  }
  const theirs = times.sort((a, b) => a - b)[times.length >> 1]!
  await valhalla.remove()
  return {
    ...figures,
    [`extract: isochrone of Valhalla ${valhalla.version}, ms`]: theirs,
    'Valhalla / streets alone': theirs / alone,
    'Valhalla / with exact times to all houses': theirs / houses,
    ...Object.fromEntries(steps.map(step => [
      `Valhalla / with polygon of ${step} m too`,
      theirs / Number(figures[`extract: with polygon of ${step} m too, ms`]),
    ])),
  }
}

/** Once it has been done so often that it is compiled. */
function measured(work: () => unknown): number {
  for (let i = 0; i < 500; i++)
    work()
  return medianMs(201, work)
}
