import type { CustomLayerInterface, LngLatBoundsLike, PaddingOptions } from 'maplibre-gl'
import type { Ref, ShallowRef } from 'vue'
import type { MapConfig } from '#contract/map.ts'
import type { BaseName } from './base.ts'
import type { Slot, Translate } from './map-layer.ts'
import type { Look } from './palette.ts'
import { Map as MapLibreMap, prewarm, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { ref, shallowRef } from 'vue'
import { attributionOf } from './attribution.ts'
import { baseOf } from './base.ts'
import { loadMapConfig } from './map-config.ts'
import { slotLayerId } from './map-layer.ts'
import { keepOverview } from './overview.ts'
import { signFonts } from './palette.ts'
import { rememberView } from './remember-view.ts'
import 'maplibre-gl/dist/maplibre-gl.css'

setWorkerUrl(workerUrl)
// The worker is read while the page is still being put together: the first map is there sooner.
prewarm()

export interface MapOptions {
  look: Look
  /** Whether people pan and zoom it; a wall stands still. */
  interactive?: boolean
  /** Shown at the start, `[west, south, east, north]`; everything that is drawn when absent. */
  bounds?: [number, number, number, number]
  /** Space to keep free around it, pixels. */
  padding?: number | PaddingOptions
  /** Shift and drag draws a box; told what it holds (west, south, east, north) instead of zooming there. */
  onBox?: (bounds: [number, number, number, number]) => void
  /** Under which the view that somebody chose is remembered in this tab; not remembered when absent. */
  viewKey?: string
  translate?: Translate
  /** Already loaded, or its address. */
  config?: MapConfig | string
}

export interface MapHandle {
  readonly map: MapLibreMap
  readonly config: Readonly<ShallowRef<MapConfig>>
  readonly look: Readonly<ShallowRef<Look>>
  readonly translate: Translate
  /** The browser took the graphics context away; the map comes back by itself when it is returned. */
  readonly contextLost: Readonly<Ref<boolean>>
  /** Somebody chose a view; from then on only `showOverview` changes it back. */
  readonly moved: Readonly<Ref<boolean>>
  setLook: (look: Look) => void
  /** Which base map is shown; 天地图 only where `config.tianditu` is there. */
  readonly base: Readonly<ShallowRef<BaseName>>
  setBase: (base: BaseName) => void
  /** Whose map it is that is shown now, as it must stand on it. */
  readonly attribution: Readonly<Ref<string>>
  /** Calls `ready` whenever the style is there: now, and again after a lost context or another base map. Returns how to stop. */
  whenStyled: (ready: (map: MapLibreMap) => void) => () => void
  /** Calls `act` if the style is there; else the `whenStyled` to come will have to do. */
  whileStyled: <T>(act: (map: MapLibreMap) => T) => T | undefined
  /** Keeps a WebGL layer in its slot, whatever happens to the context. Returns how to take it off. */
  addCustomLayer: (layer: CustomLayerInterface, slot?: Slot) => () => void
  /** The view to come back to. It is taken at once unless somebody has moved the map. */
  setOverview: (bounds: LngLatBoundsLike, padding?: number | PaddingOptions) => void
  showOverview: () => void
  /** Looks where the server's base map stands and draws what changed, without a blank moment. */
  refreshBasemap: () => Promise<void>
  destroy: () => void
}

/** Puts a map of ours into an element. Rejects only when the server's map settings cannot be had or WebGL 2 is missing. */
export async function createMap(container: HTMLElement, options: MapOptions): Promise<MapHandle> {
  const source = options.config ?? '/map-config.json'
  const config = shallowRef(typeof source === 'string'
    ? await loadMapConfig(source)
    : source)
  const look = shallowRef(options.look)
  const base = baseOf(config, look)
  const contextLost = ref(false)
  const bounds = options.bounds ?? config.value.view ?? undefined

  const map = new MapLibreMap({
    container,
    style: await base.style(),
    interactive: options.interactive ?? true,
    attributionControl: false, // each screen shows it in its own corner, from `attribution`
    fadeDuration: 0, // labels that fade in would repaint the whole wall for nothing
    localIdeographFontFamily: signFonts,
    maxZoom: 20,
    minZoom: 8,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    renderWorldCopies: false,
    boxZoom: options.onBox
      ? {
          boxZoomEnd(map, from, to) {
            const [a, b] = [
              map.unproject(from),
              map.unproject(to),
            ]
            options.onBox!([
              Math.min(a.lng, b.lng),
              Math.min(a.lat, b.lat),
              Math.max(a.lng, b.lng),
              Math.max(a.lat, b.lat),
            ])
          },
        }
      : true,
    ...(bounds
      ? {
          bounds,
          fitBoundsOptions: { padding: options.padding ?? 0 },
        }
      : {}),
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  // Nobody reads a console on a wall, and an unheard error event would go there: a missing tile is simply not drawn.
  map.on('error', () => {})

  const listeners = new Set<(map: MapLibreMap) => void>()
  let styled = false
  map.on('style.load', () => {
    styled = true
    base.complete(map)
    for (const ready of listeners)
      ready(map)
  })
  map.on('webglcontextlost', () => {
    styled = false
    contextLost.value = true
  })
  map.on('webglcontextrestored', () => {
    contextLost.value = false
  })

  const whileStyled: MapHandle['whileStyled'] = act => styled
    ? act(map)
    : undefined
  const whenStyled: MapHandle['whenStyled'] = (ready) => {
    listeners.add(ready)
    whileStyled(ready)
    return () => listeners.delete(ready)
  }
  const overview = keepOverview(map, bounds, options.padding)
  const stopRemembering = options.viewKey === undefined
    ? () => {}
    : rememberView(map, overview.moved, options.viewKey)

  let retry: ReturnType<typeof setTimeout> | undefined
  async function refreshBasemap(): Promise<void> {
    clearTimeout(retry)
    try {
      const next = await loadMapConfig(typeof source === 'string'
        ? source
        : undefined)
      if (next.version === config.value.version)
        return
      if (!options.bounds && next.view && String(next.view) !== String(config.value.view))
        overview.set(next.view)
      config.value = next
      await whileStyled(base.reload)
    }
    catch {
      // The server is away just now; the old streets are still true enough to be looked at.
      retry = setTimeout(refreshBasemap, 10_000)
    }
  }

  return {
    map,
    config,
    look,
    translate: options.translate ?? (key => key),
    contextLost,
    base: base.chosen,
    attribution: attributionOf(map, config, base.chosen),
    moved: overview.moved,
    whileStyled,
    whenStyled,
    setOverview: overview.set,
    showOverview: overview.show,
    setLook(next) {
      look.value = next
      whileStyled(base.settle)
    },
    setBase(next) {
      base.chosen.value = next
      whileStyled(base.settle)
    },
    addCustomLayer(layer, slot = 'pins') {
      const stop = whenStyled((map) => {
        if (!map.getLayer(layer.id))
          map.addLayer(layer, map.getLayer(slotLayerId(slot)) && slotLayerId(slot))
      })
      return () => {
        stop()
        whileStyled(map => map.getLayer(layer.id) && map.removeLayer(layer.id))
      }
    },
    refreshBasemap,
    destroy() {
      clearTimeout(retry)
      listeners.clear()
      overview.stop()
      stopRemembering()
      map.remove()
    },
  }
}
