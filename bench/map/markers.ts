import type { Bounds } from './open-map.ts'
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { Feature } from '#contract/geometry.ts'
import type { OfficerFeature } from '#contract/places.ts'
import { effectScope, shallowRef } from 'vue'
import { officersLayer } from '../../client/map/layers/officers.ts'
import { degreesPerPixel } from '../../client/map/glide.ts'
import { useGliding } from '../../client/map/use-gliding.ts'
import { useMapLayer } from '../../client/map/use-map-layer.ts'
import { randomFrom } from './ground.ts'
import { openMap } from './open-map.ts'

const bounds: Bounds = [117, 36.64, 117.03, 36.66]
/** The server tells positions so often; in that time so many of those who report every 5 s have. */
const toldEveryMs = 750
const reportEveryMs = 5000

/** How the desk's map is looked at in a round: with so many officers walking on it, and whether somebody pans it all the while. */
export interface Round { officers: number, panned: boolean }

/** Frames a second of the page in each round. */
async function countFrames(rounds: readonly Round[], roundMs: number): Promise<number[]> {
  const handle = await openMap(bounds, 'desk')
  const { map } = handle
  const scope = effectScope()
  const officers = shallowRef<Feature[]>([])
  scope.run(() => useMapLayer(shallowRef(handle), officersLayer, useGliding(officers, {
    view: () => map.getBounds().toArray().flat() as [number, number, number, number],
    moving: () => map.isMoving(),
    degreesPerPixel: () => degreesPerPixel(map.getZoom()),
  }) as unknown as () => OfficerFeature[]))
  await new Promise<void>(idle => map.once('idle', () => idle()))

  const random = randomFrom(20261124)
  const rates: number[] = []
  for (const { officers: count, panned } of rounds) {
    officers.value = Array.from({ length: count }, (_, i) => officerAt(i, [
      bounds[0] + random() * (bounds[2] - bounds[0]),
      bounds[1] + random() * (bounds[3] - bounds[1]),
    ]))
    let next = 0
    const telling = setInterval(() => {
      const told = Math.ceil(count * toldEveryMs / reportEveryMs)
      officers.value = officers.value.map((officer, i) => {
        const [lng, lat] = (officer.geometry as { coordinates: [number, number] }).coordinates
        // About 7 m: five seconds on foot.
        return (i - next + count) % count < told
          ? officerAt(i, [lng + (random() - 0.5) * 0.00016, lat + (random() - 0.5) * 0.00012])
          : officer
      })
      next = count === 0
        ? 0
        : (next + told) % count
    }, toldEveryMs)
    // What the change of round costs is not counted.
    await new Promise(resolve => setTimeout(resolve, 1000))
    const stopPanning = panned
      ? panOn(map)
      : () => {}
    rates.push(await framesASecond(roundMs))
    stopPanning()
    clearInterval(telling)
  }
  scope.stop()
  handle.destroy()
  return rates
}

/** To and fro within the town, without a pause. */
function panOn(map: MapLibreMap): () => void {
  let to = 1
  const go = () => map.easeTo({
    center: [(bounds[0] + bounds[2]) / 2 + 0.002 * (to = -to), (bounds[1] + bounds[3]) / 2],
    duration: 2000,
    easing: share => share,
  })
  map.on('moveend', go)
  go()
  return () => {
    map.off('moveend', go)
    map.stop()
  }
}

/** Frames in which the page could draw. */
function framesASecond(roundMs: number): Promise<number> {
  return new Promise((resolve) => {
    const begun = performance.now()
    let count = 0
    const onFrame = (now: number) => {
      count++
      if (now - begun < roundMs)
        requestAnimationFrame(onFrame)
      else
        resolve(count / (now - begun) * 1000)
    }
    requestAnimationFrame(onFrame)
  })
}

function officerAt(i: number, coordinates: [number, number]): Feature {
  return {
    type: 'Feature',
    id: `w${i}`,
    geometry: { type: 'Point', coordinates },
    properties: {
      id: `w${i}`,
      name: `${'王李张刘陈杨赵黄周吴'[i % 10]}网格`,
      grid: null,
      community: null,
      duty: 'on',
      skills: [],
      seenAt: new Date().toISOString(),
    },
  }
}

declare global {
  interface Window { countFrames: typeof countFrames }
}
window.countFrames = countFrames
