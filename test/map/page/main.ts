import type { MapConfig } from '#contract/map.ts'
import type { Feature } from '#contract/geometry.ts'
import type { MapHandle } from '../../../client/map/create-map.ts'
import type { Look } from '../../../client/map/palette.ts'
import type { CasePins } from '../../../client/map/use-case-pins.ts'
import { effectScope, shallowRef } from 'vue'
import { zh } from '../../../client/i18n/map.ts'
import { createMap } from '../../../client/map/create-map.ts'
import { careLayer } from '../../../client/map/layers/care.ts'
import { coverageLayer } from '../../../client/map/layers/coverage.ts'
import { gapsLayer } from '../../../client/map/layers/gaps.ts'
import { officersLayer } from '../../../client/map/layers/officers.ts'
import { regionsLayer } from '../../../client/map/layers/regions.ts'
import { renovationLayer } from '../../../client/map/layers/renovation.ts'
import { routeLayer } from '../../../client/map/layers/route.ts'
import { worksitesLayer } from '../../../client/map/layers/worksites.ts'
import { symbolUrl } from '../../../client/map/symbols/symbol-url.ts'
import { useCasePins } from '../../../client/map/use-case-pins.ts'
import { useMapLayer } from '../../../client/map/use-map-layer.ts'
import '../../../client/styles/tokens.css'
import '../../../client/styles/base.css'

const names = [
  'regions',
  'zones',
  'worksites',
  'facilities',
  'coverage',
  'officers',
  'routes',
  'cases',
] as const
type Name = (typeof names)[number]

export interface Scene {
  look: Look
  now: number
  config?: MapConfig
  emphasis?: Partial<Record<Name | 'gaps', number>>
  data?: Partial<Record<Name, Feature[]>>
}

/** Words as the screens get them from vue-i18n. */
function translate(key: string, parameters: Record<string, unknown> = {}): string {
  const text = key.split('.').slice(1).reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], zh) as string
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name]))
}

/** Puts every overlay on a map, fed by refs that a test changes. */
async function start(scene: Scene) {
  const handle = shallowRef<MapHandle>()
  const data = Object.fromEntries(names.map(name => [
    name,
    shallowRef(scene.data?.[name] ?? []),
  ])) as Record<Name, ReturnType<typeof shallowRef<Feature[]>>>
  const emphasis = shallowRef(scene.emphasis ?? {})
  const now = shallowRef(scene.now)
  const apart = shallowRef<ReadonlySet<string>>(new Set())
  const selected = shallowRef<string | null>(null)
  let pins!: CasePins
  effectScope().run(() => {
    const on = (name: Name, layer: Parameters<typeof useMapLayer>[1], loud: Name | 'gaps' = name) =>
      useMapLayer(handle, layer, () => data[name].value!, {
        emphasis: () => emphasis.value[loud] ?? 1,
        now,
      })
    on('coverage', coverageLayer)
    on('regions', regionsLayer as never)
    on('coverage', gapsLayer, 'gaps')
    on('zones', renovationLayer as never)
    on('routes', routeLayer)
    on('facilities', careLayer as never)
    on('worksites', worksitesLayer as never)
    on('officers', officersLayer as never)
    pins = useCasePins(handle, () => data.cases.value!, {
      now,
      apart,
      selected,
      visible: () => emphasis.value.cases !== 0,
    })
  })
  handle.value = await createMap(document.querySelector<HTMLElement>('#map')!, {
    look: scene.look,
    translate,
    config: scene.config,
    padding: 20,
  })
  return {
    handle: handle.value,
    data,
    emphasis,
    now,
    apart,
    selected,
    pins,
  }
}

/** The colour of the map at a place in CSS pixels, read in the frame in which it was drawn. */
function pixelAt(handle: MapHandle, x: number, y: number): Promise<number[]> {
  return new Promise((resolve) => {
    handle.map.once('render', () => resolve(colourNow(handle, x, y)))
    handle.map.triggerRepaint()
  })
}

/** The same for a caller who is in that frame. */
function colourNow(handle: MapHandle, x: number, y: number): number[] {
  const source = handle.map.getCanvas()
  const ratio = source.width / source.clientWidth
  const context = new OffscreenCanvas(1, 1).getContext('2d')!
  context.drawImage(source, x * ratio, y * ratio, 1, 1, 0, 0, 1, 1)
  return [
    ...context.getImageData(0, 0, 1, 1).data,
  ]
}

declare global {
  interface Window { mapPage: { start: typeof start, pixelAt: typeof pixelAt, colourNow: typeof colourNow, symbolUrl: typeof symbolUrl, running?: Awaited<ReturnType<typeof start>> } }
}
window.mapPage = { start, pixelAt, colourNow, symbolUrl }
