import type { ShallowRef } from 'vue'
import { shallowRef } from 'vue'

const ready = shallowRef(false)
let waiting = false

/** Signs are drawn once and kept as pictures: not before the figures' font is there. A font that never comes holds nothing up. */
export function useFontsReady(): Readonly<ShallowRef<boolean>> {
  if (!waiting) {
    waiting = true
    const done = () => {
      ready.value = true
    }
    Promise.all(['500 16px "HZ Num"', '600 16px "HZ Num"'].map(font => document.fonts.load(font))).then(done, done)
  }
  return ready
}
