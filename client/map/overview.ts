import type { LngLatBoundsLike, Map as MapLibreMap, PaddingOptions } from 'maplibre-gl'
import { ref } from 'vue'

/**
 * Keeps the whole subdistrict in view until somebody looks elsewhere: at the start, when its bounds become known, when the window
 * changes. Once moved by hand, a map is never moved back but on request.
 */
export function keepOverview(map: MapLibreMap, bounds?: LngLatBoundsLike, padding: number | PaddingOptions = 0) {
  const moved = ref(false)
  let view = bounds && { bounds, padding }
  let fitting = false

  function fit(): void {
    if (!view)
      return
    fitting = true
    map.fitBounds(view.bounds, { padding: view.padding, animate: false })
    fitting = false
  }
  const onMove = () => {
    if (!fitting)
      moved.value = true
  }
  // A resize moves the map too, but zooms, drags and turns nothing.
  const motions = ['zoomstart', 'dragstart', 'rotatestart'] as const
  const onResize = () => {
    if (!moved.value)
      fit()
  }
  for (const motion of motions)
    map.on(motion, onMove)
  map.on('resize', onResize)

  return {
    moved,
    set(next: LngLatBoundsLike, nextPadding: number | PaddingOptions = padding) {
      view = { bounds: next, padding: nextPadding }
      if (!moved.value)
        fit()
    },
    show() {
      moved.value = false
      fit()
    },
    stop() {
      for (const motion of motions)
        map.off(motion, onMove)
      map.off('resize', onResize)
    },
  }
}
