import type { Map as MapLibreMap } from 'maplibre-gl'
import type { Ref } from 'vue'

/**
 * What somebody looks at outlives a reload of the page (an upgrade of the server, signing in again), in this tab: the map begins
 * where it was left. `moved`: whether somebody chose the view. Returns how to stop.
 */
export function rememberView(map: MapLibreMap, moved: Ref<boolean>, key: string): () => void {
  const left = readView(key)
  if (left) {
    moved.value = true
    map.jumpTo(left)
  }
  const onMoveEnd = () => {
    if (moved.value) {
      sessionStorage.setItem(key, JSON.stringify({
        center: map.getCenter().toArray(),
        zoom: map.getZoom(),
      }))
    }
    else {
      sessionStorage.removeItem(key)
    }
  }
  map.on('moveend', onMoveEnd)
  return () => map.off('moveend', onMoveEnd)
}

function readView(key: string): { center: [number, number], zoom: number } | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null')
  }
  catch {
    return null
  }
}
