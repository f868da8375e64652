import type { ShallowRef } from 'vue'
import type { MapHandleOptions } from '../parts/use-map-handle.ts'
import { useMapHandle } from '../parts/use-map-handle.ts'

/** A map that people pan and zoom, at the size of a desk. */
export function useDeskMap(container: Readonly<ShallowRef<HTMLElement | null>>, { onBox }: Pick<MapHandleOptions, 'onBox'> = {}) {
  return useMapHandle(container, {
    look: () => ({ theme: 'dark', scale: 1, screen: 'desk' }),
    padding: () => 24,
    onBox,
    viewKey: `huizhi-view${location.pathname}`,
  })
}
