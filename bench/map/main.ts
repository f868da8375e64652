import type { Bounds } from './open-map.ts'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import type { LivePoint } from '../../client/map/live-points/live-point.ts'
import { mapImage } from '../../client/map/draw-image.ts'
import { createLivePoints } from '../../client/map/live-points/create-live-points.ts'
import { drawSign } from '../../client/map/symbols/draw-sign.ts'
import { caseKinds } from '../../client/map/symbols/kinds.ts'
import { randomFrom } from './ground.ts'
import { openMap } from './open-map.ts'
import './markers.ts'

/** How 50 changed points get on the screen: our layer, MapLibre's GeoJSON source drawing the same signs, or plain circles. */
export type Way = 'ours' | 'symbols' | 'circles'

const bounds: Bounds = [116.8, 36.5, 117.4, 36.85]
const radius = 5

/** Milliseconds from the update to the frame that shows it, read back from the card, for each of some rounds. */
async function measure(way: Way, count: number, rounds: number, changes: number): Promise<number[]> {
  const handle = await openMap(bounds, 'wall')
  const { map } = handle
  const random = randomFrom(20260318)
  const points = Array.from({ length: count }, (_, i): LivePoint => ({
    id: String(i),
    lng: bounds[0] + random() * (bounds[2] - bounds[0]),
    lat: bounds[1] + random() * (bounds[3] - bounds[1]),
    kind: caseKinds[i % caseKinds.length]!,
    stage: i % 3
      ? 'working'
      : 'waiting',
    ring: 0,
    count: 1,
    order: 1,
    size: radius,
  }))
  const update = way === 'ours'
    ? ours(map, handle.addCustomLayer, points)
    : theirs(map, points, way)
  await new Promise<void>(idle => map.once('idle', () => idle()))

  const times: number[] = []
  for (let round = 0; round < rounds + 2; round++) {
    const changed = Array.from({ length: changes }, () => {
      const point = points[Math.floor(random() * count)]!
      point.lng += (random() - 0.5) * 0.002
      point.stage = point.stage === 'waiting'
        ? 'working'
        : 'waiting'
      return point
    })
    const begun = performance.now()
    const shown = update(changed)
    await frameThatShows(map, shown)
    // The first rounds warm up.
    if (round >= 2)
      times.push(performance.now() - begun)
    await new Promise(resolve => setTimeout(resolve, 30))
  }
  handle.destroy()
  return times
}

/** Resolves in the first frame drawn once `ready` says that the change is in it, after the card has really drawn it. */
function frameThatShows(map: MapLibreMap, ready: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const onRender = () => {
      if (!ready()) {
        map.triggerRepaint()
        return
      }
      map.off('render', onRender)
      const gl = map.getCanvas().getContext('webgl2')!
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
      resolve()
    }
    map.on('render', onRender)
    map.triggerRepaint()
  })
}

function ours(map: MapLibreMap, add: (layer: ReturnType<typeof createLivePoints>['layer']) => void, points: LivePoint[]) {
  const live = createLivePoints({ scale: 1, theme: 'dark' })
  live.set(points)
  add(live.layer)
  return (changed: LivePoint[]) => {
    live.update(changed)
    return () => true
  }
}

/** MapLibre's own way: a GeoJSON source, changed by differences. */
function theirs(map: MapLibreMap, points: LivePoint[], way: 'symbols' | 'circles') {
  for (const kind of caseKinds) {
    for (const stage of ['waiting', 'working'] as const) {
      const image = mapImage(54, canvas => drawSign(canvas, 27, 27, 16, kind, stage, { character: false }))
      map.addImage(`${kind} ${stage}`, image.draw(), { pixelRatio: image.pixelRatio })
    }
  }
  const feature = ({ id, lng, lat, kind, stage }: LivePoint) => ({
    type: 'Feature' as const,
    id: Number(id),
    geometry: {
      type: 'Point' as const,
      coordinates: [lng, lat],
    },
    properties: { icon: `${kind} ${stage}` },
  })
  map.addSource('points', {
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: points.map(feature),
    },
  })
  map.addLayer(way === 'symbols'
    ? {
        id: 'points',
        type: 'symbol',
        source: 'points',
        layout: {
          'icon-image': ['get', 'icon'],
          'icon-size': radius / 16,
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
        },
      }
    : {
        id: 'points',
        type: 'circle',
        source: 'points',
        paint: { 'circle-radius': radius, 'circle-color': '#F0E442' },
      })
  const source = map.getSource<GeoJSONSource>('points')!
  return (changed: LivePoint[]) => {
    let applied = false
    void source.updateData({
      update: changed.map((point) => {
        const { id, geometry, properties } = feature(point)
        return {
          id,
          newGeometry: geometry,
          addOrUpdateProperties: [
            { key: 'icon', value: properties.icon },
          ],
        }
      }),
    }).then(() => {
      applied = true
      map.triggerRepaint()
    })
    return () => applied && map.isSourceLoaded('points')
  }
}

declare global {
  interface Window { measure: typeof measure }
}
window.measure = measure
