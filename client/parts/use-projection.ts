import type { Ref } from 'vue'
import type { MapHandle } from '../map/create-map.ts'
import type { ScreenPoint } from './screen-point.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'

/** Where things of the map are on the screen, in CSS pixels of the map's box; follows every move and resize. */
export function useProjection(handle: Readonly<Ref<MapHandle | undefined>>) {
  const view = shallowRef({ width: 0, height: 0, revision: 0 })
  let stop = () => {}

  watch(handle, (current) => {
    stop()
    if (!current)
      return
    const { map } = current
    const note = () => {
      const { clientWidth: width, clientHeight: height } = map.getContainer()
      view.value = { width, height, revision: view.value.revision + 1 }
    }
    map.on('move', note)
    map.on('resize', note)
    note()
    stop = () => {
      map.off('move', note)
      map.off('resize', note)
    }
  }, { immediate: true })
  onScopeDispose(() => stop())

  /** Null while there is no map. Reading it makes a computed follow the map's moves. */
  function project(lng: number, lat: number): ScreenPoint | null {
    void view.value
    const point = handle.value?.map.project([lng, lat])
    return point
      ? { x: point.x, y: point.y }
      : null
  }
  return { view, project }
}
