import type { Bounds } from '../map/open-map.ts'
import type { MapHandle } from '../../client/map/create-map.ts'
import type { RenovationZoneFeature, WorksiteFeature } from '../../server/contract/places.ts'
import { effectScope, nextTick, shallowRef } from 'vue'
import { renovationLayer } from '../../client/map/layers/renovation.ts'
import { worksitesLayer } from '../../client/map/layers/worksites.ts'
import { useMapLayer } from '../../client/map/use-map-layer.ts'
import { openMap } from '../map/open-map.ts'
import { citySites, cityZones } from './city.ts'

/** A subdistrict's map goes to about this far out; the whole city lies in it. */
const bounds: Bounds = [116.8, 36.5, 117.4, 36.85]

let handle: MapHandle
const zones = shallowRef<RenovationZoneFeature[]>([])
const sites = shallowRef<WorksiteFeature[]>([])

/** A map with its ground, and the overlays as the desk has them, still without anything in them. */
async function begin(): Promise<void> {
  handle = await openMap(bounds, 'desk')
  effectScope().run(() => {
    useMapLayer(shallowRef(handle), renovationLayer, zones)
    useMapLayer(shallowRef(handle), worksitesLayer, sites, {
      now: Date.parse('2026-11-24T12:00:00+08:00'),
    })
  })
  await idle()
}

/** Milliseconds from the data, as text as it comes over the wire, until a frame shows all of it; and how long the text took to read. */
async function show(zoneCount: number, vertices: number, siteCount: number): Promise<{ shown: number, parsed: number }> {
  const text = JSON.stringify([
    cityZones(bounds, zoneCount, vertices),
    citySites(bounds, siteCount),
  ])
  zones.value = []
  sites.value = []
  await nextTick()
  await idle()
  const begun = performance.now()
  const [arrivedZones, arrivedSites] = JSON.parse(text) as [RenovationZoneFeature[], WorksiteFeature[]]
  const parsed = performance.now() - begun
  zones.value = arrivedZones
  sites.value = arrivedSites
  await frameThatShows()
  const shown = performance.now() - begun
  await idle()
  for (const layer of ['renovation-zones-works', 'renovation-zones-edge', 'worksites-sign']) {
    if (handle.map.queryRenderedFeatures({
      layers: [layer],
    }).length === 0) {
      throw new Error(`Nothing is seen of ${layer}`)
    }
  }
  return {
    shown,
    parsed,
  }
}

/** The first frame drawn once both sources have cut the tiles that are seen and placed their signs, read back from the card. */
async function frameThatShows(): Promise<void> {
  const { map } = handle
  const there = () => [renovationLayer.id, worksitesLayer.id].every(id => map.getSource(id) && map.isSourceLoaded(id))
  await nextTick()
  await new Promise<void>((resolve) => {
    const onRender = () => {
      // The map draws by itself whenever a tile has come: to ask for more frames would only keep the machine from cutting tiles.
      if (!there())
        return
      map.off('render', onRender)
      const gl = map.getCanvas().getContext('webgl2')!
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
      resolve()
    }
    map.on('render', onRender)
    map.triggerRepaint()
  })
}

function goTo(zoom: number): Promise<void> {
  handle.map.jumpTo({
    center: [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2],
    zoom,
  })
  return idle()
}

let heard: { at: number, delay: number }[] = []
addEventListener('mousemove', event => heard.push({
  at: performance.now(),
  delay: performance.now() - event.timeStamp,
}), { capture: true })
let drawn: number[] = []
let tasks = () => 0

function beginPan(): void {
  heard = []
  drawn = []
  tasks = longTasks()
  handle.map.on('render', note)
}

/** How long the hand waited: for an event to be heard, and between two frames; the middle frame too. */
function endPan(): { events: number, longestDelay: number, longestGap: number, middleFrame: number, longestFrame: number, longestTask: number } {
  handle.map.off('render', note)
  const gaps = (times: number[]) => times.slice(1).map((at, i) => at - times[i]!)
  const frames = gaps(drawn).sort((a, b) => a - b)
  return {
    events: heard.length,
    longestDelay: Math.max(...heard.map(({ delay }) => delay)),
    longestGap: Math.max(...gaps(heard.map(({ at }) => at))),
    middleFrame: frames[Math.floor(frames.length / 2)]!,
    longestFrame: frames.at(-1)!,
    longestTask: tasks(),
  }
}

function note(): void {
  drawn.push(performance.now())
}

function longTasks(): () => number {
  let longest = 0
  const observer = new PerformanceObserver(list => list.getEntries().forEach(({ duration }) => longest = Math.max(longest, duration)))
  observer.observe({
    entryTypes: ['longtask'],
  })
  return () => {
    observer.takeRecords().forEach(({ duration }) => longest = Math.max(longest, duration))
    observer.disconnect()
    return longest
  }
}

function idle(): Promise<void> {
  const { map } = handle
  return new Promise((resolve) => {
    map.once('idle', () => resolve())
    map.triggerRepaint()
  })
}

declare global {
  interface Window { overlays: typeof page }
}
const page = { begin, show, goTo, beginPan, endPan }
window.overlays = page
