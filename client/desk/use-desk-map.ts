import type { ShallowRef } from 'vue'
import { useMapHandle } from '../parts/use-map-handle.ts'

/** A map that people pan and zoom, at the size of a desk. */
export function useDeskMap(container: Readonly<ShallowRef<HTMLElement | null>>) {
  return useMapHandle(container, {
    look: () => ({ theme: 'dark', scale: 1, screen: 'desk' }),
    padding: () => 24,
    viewKey: `huizhi-view${location.pathname}`,
  })
}
