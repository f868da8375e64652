import type { Ref } from 'vue'
import { onScopeDispose, shallowRef, watch } from 'vue'

/**
 * How many rows of `rowRem` fit into an element: a wall never scrolls, it shows fewer rows. Follows the element's size and
 * the root's font size.
 */
export function useRowsThatFit(element: Readonly<Ref<HTMLElement | null>>, rowRem: number): Readonly<Ref<number>> {
  const rows = shallowRef(0)
  const observer = new ResizeObserver(([entry]) => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    rows.value = Math.max(0, Math.floor((entry!.contentRect.height + 1) / (rowRem * rem)))
  })
  watch(element, (now, before) => {
    if (before)
      observer.unobserve(before)
    if (now)
      observer.observe(now)
  }, { immediate: true })
  onScopeDispose(() => observer.disconnect())
  return rows
}
