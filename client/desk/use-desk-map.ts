import type { ShallowRef } from 'vue'
import type { MapHandle } from '../map/create-map.ts'
import { onMounted, onScopeDispose, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { createMap } from '../map/create-map.ts'
import { world } from '../state/world.ts'

/** A map that people pan and zoom, at the size of a desk. Nothing that comes in ever moves it. */
export function useDeskMap(container: Readonly<ShallowRef<HTMLElement | null>>) {
  const { t } = useI18n()
  const handle = shallowRef<MapHandle>()
  const failure = shallowRef<string | null>(null)

  onMounted(async () => {
    try {
      handle.value = await createMap(container.value!, {
        look: { theme: 'dark', scale: 1, screen: 'desk' },
        padding: 24,
        translate: (key, parameters) => t(key, parameters ?? {}),
      })
    }
    catch (error) {
      failure.value = String(error)
    }
  })
  const stop = world.onChange('basemap', () => handle.value?.refreshBasemap())
  onScopeDispose(() => {
    stop()
    handle.value?.destroy()
  })
  return { handle, failure }
}
