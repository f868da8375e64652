import type { Ref } from 'vue'
import type { OwnFix } from './sharing-state.ts'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'

/**
 * Where the phone is, for its own map only: what is shared anyway, else looked up here. Nothing of it goes to the desk; for the way to a
 * task the place is asked with and not kept.
 */
export function useHere(shared: Ref<OwnFix | null>) {
  const own = shallowRef<OwnFix | null>(null)
  const denied = ref(false)
  if ('geolocation' in navigator) {
    const watching = navigator.geolocation.watchPosition(({ coords: { longitude, latitude, accuracy }, timestamp }) => {
      own.value = {
        lng: longitude,
        lat: latitude,
        accuracy,
        at: timestamp,
      }
    }, ({ code }) => denied.value = code === 1, { enableHighAccuracy: true, maximumAge: 10_000 })
    onScopeDispose(() => navigator.geolocation.clearWatch(watching))
  }
  return {
    here: computed(() => shared.value ?? own.value),
    denied,
  }
}
