import type { PaddingOptions } from 'maplibre-gl'
import type { ShallowRef } from 'vue'
import type { MapHandle } from '../map/create-map.ts'
import type { Look } from '../map/palette.ts'
import { onMounted, onScopeDispose, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { createMap } from '../map/create-map.ts'
import { world } from '../state/world.ts'

export interface MapHandleOptions {
  /** Asked again when the element changes its size. */
  look: () => Look
  padding: (element: HTMLElement) => number | PaddingOptions
  interactive?: boolean
  /** As in MapOptions. */
  viewKey?: string
  onBox?: (bounds: [number, number, number, number]) => void
}

/** A map in an element, for as long as the component lives. Nothing that comes in over the wire ever moves it. */
export function useMapHandle(container: Readonly<ShallowRef<HTMLElement | null>>, { look, padding, interactive = true, viewKey, onBox }: MapHandleOptions) {
  const { t } = useI18n()
  const handle = shallowRef<MapHandle>()
  const failure = shallowRef<string | null>(null)
  let gone = false

  async function begin(element: HTMLElement) {
    const made = await createMap(element, {
      look: look(),
      interactive,
      viewKey,
      onBox,
      padding: padding(element),
      translate: (key, parameters) => t(key, parameters ?? {}),
    })
    if (gone)
      return made.destroy()
    // When everything that is known has been drawn; whoever photographs or tests the page waits for it.
    made.map.on('idle', () => {
      const { lng, lat } = made.map.getCenter()
      element.dataset.drawn = String(Number(element.dataset.drawn ?? 0) + 1)
      element.dataset.view = [
        lng.toFixed(5),
        lat.toFixed(5),
        made.map.getZoom().toFixed(2),
      ].join(' ')
    })
    handle.value = made
  }

  const observer = new ResizeObserver(() => {
    const current = handle.value
    if (!current)
      return
    current.setLook(look())
    const { view } = current.config.value
    if (view)
      current.setOverview(view, padding(container.value!))
  })
  onMounted(() => {
    const element = container.value!
    observer.observe(element)
    begin(element).catch(error => failure.value = String(error))
  })
  const stopBasemap = world.onChange('basemap', () => handle.value?.refreshBasemap())
  onScopeDispose(() => {
    gone = true
    observer.disconnect()
    stopBasemap()
    handle.value?.destroy()
  })

  return { handle, failure }
}
