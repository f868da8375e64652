import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { readSceneRequest, sceneAfter } from './scenes.ts'
import { show } from './use-show.ts'

/** How long a scene chosen by hand stays before the wall turns by itself again, ms. */
const handHold = 5 * 60_000

/**
 * The scene on the wall: turns by itself as the address says; whoever chooses one keeps it for a while. While an officer's show is
 * there it has its scene, and afterwards the one that was there before.
 */
export function useScene() {
  const request = readSceneRequest(location.search)
  const own = shallowRef(request.scene)
  const scene = computed(() => show.value?.scene ?? own.value)
  let turnAt = performance.now() + request.rotate * 1000

  function choose(next: typeof request.scene) {
    own.value = next
    turnAt = performance.now() + Math.max(handHold, request.rotate * 1000)
  }

  const timer = setInterval(() => {
    if (request.rotate === 0 || show.value || performance.now() < turnAt)
      return
    own.value = sceneAfter(own.value)
    turnAt = performance.now() + request.rotate * 1000
  }, 500)
  watch(() => show.value === null, () => turnAt = Math.max(turnAt, performance.now() + request.rotate * 1000))
  onScopeDispose(() => clearInterval(timer))

  return { scene, choose }
}
