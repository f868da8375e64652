import { onScopeDispose, shallowRef } from 'vue'
import { readSceneRequest, sceneAfter } from './scenes.ts'

/** How long a scene chosen by hand stays before the wall turns by itself again, ms. */
const handHold = 5 * 60_000

/** The scene on the wall: turns by itself as the address says; whoever chooses one keeps it for a while. */
export function useScene() {
  const request = readSceneRequest(location.search)
  const scene = shallowRef(request.scene)
  let turnAt = performance.now() + request.rotate * 1000

  function choose(next: typeof request.scene) {
    scene.value = next
    turnAt = performance.now() + Math.max(handHold, request.rotate * 1000)
  }

  const timer = setInterval(() => {
    if (request.rotate === 0 || performance.now() < turnAt)
      return
    scene.value = sceneAfter(scene.value)
    turnAt = performance.now() + request.rotate * 1000
  }, 500)
  onScopeDispose(() => clearInterval(timer))

  return { scene, choose }
}
