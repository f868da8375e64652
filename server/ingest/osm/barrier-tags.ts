import type { Tags } from './tags.ts'

const barrierKinds = new Set([
  'wall',
  'fence',
  'hedge',
  'city_wall',
  'retaining_wall',
  'wire_fence',
  'guard_rail',
  'wood_fence',
])

/** barrier=wall, fence, hedge and their kin: nobody walks through. */
export function barrierOf(tags: Tags): string | null {
  return tags.barrier && barrierKinds.has(tags.barrier)
    ? tags.barrier
    : null
}
