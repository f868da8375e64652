import type { MaybeRefOrGetter, Ref } from 'vue'
import type { Feature } from '#contract/geometry.ts'
import type { MapHandle } from './create-map.ts'
import type { LivePoints } from './live-points/create-live-points.ts'
import type { LivePoint } from './live-points/live-point.ts'
import type { CasePoint, Place } from './merge-on-screen.ts'
import { computed, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import { caseToPoint, placeToLivePoint } from './case-points.ts'
import { createLivePoints } from './live-points/create-live-points.ts'
import { mergeOnScreen } from './merge-on-screen.ts'

export interface CasePinsOptions {
  /** Milliseconds; deadlines are looked at again when it changes. */
  now: MaybeRefOrGetter<number>
  visible?: MaybeRefOrGetter<boolean>
  /** Cases with a sign of their own: the newest, the selected. */
  apart?: MaybeRefOrGetter<ReadonlySet<string>>
  selected?: MaybeRefOrGetter<string | null>
  /** Signs nearer than this become one; 50 px on a wall, 34 px on a desk. */
  radius?: MaybeRefOrGetter<number>
}

export interface CasePins {
  /** What is drawn, for call-outs and leader lines. */
  places: Readonly<Ref<readonly Place[]>>
  /** 图上 N 件 · M 处. */
  counts: Readonly<Ref<{ cases: number, places: number }>>
  /** The place that shows a case. */
  placeOf: (caseId: string) => Place | undefined
  /** Places under a point of the canvas (CSS pixels), topmost first. */
  pick: (x: number, y: number) => Place[]
  pulse: (caseId: string) => void
}

/** Keeps the signs of all open, located cases on a map; what changed is written, the rest stays on the graphics card. */
export function useCasePins(handle: Readonly<Ref<MapHandle | undefined>>, cases: MaybeRefOrGetter<Iterable<Feature>>, options: CasePinsOptions): CasePins {
  const zoom = shallowRef(0)
  const visible = computed(() => toValue(options.visible) !== false)
  const look = computed(() => handle.value?.look.value)
  // Rings are about hours: looking at the clock every few seconds is enough.
  const now = computed(() => toValue(options.now) - toValue(options.now) % 5000)
  const points = computed<CasePoint[]>(() => {
    return Array.from(toValue(cases), feature => caseToPoint(feature, now.value)).filter(point => point !== null)
  })
  const places = computed(() => visible.value && look.value
    ? mergeOnScreen(points.value, {
        zoom: zoom.value,
        radius: radius(),
        apart: toValue(options.apart),
      })
    : [])
  const byCase = computed(() => new Map(places.value.flatMap(place => place.members.map(({ id }) => [id, place] as const))))
  const counts = computed(() => ({ cases: byCase.value.size, places: places.value.length }))

  function radius(): number {
    return (toValue(options.radius) ?? (look.value?.screen === 'wall'
      ? 50
      : 34)) * (look.value?.scale ?? 1)
  }

  let live: LivePoints | null = null
  let drawn = new Map<string, LivePoint>()
  const cleanups: (() => void)[] = []
  const tidy = () => cleanups.splice(0).forEach(run => run())

  watch(handle, (current) => {
    tidy()
    if (!current)
      return
    const { map } = current
    live = createLivePoints(current.look.value)
    drawn = new Map()
    cleanups.push(current.addCustomLayer(live.layer, 'pins'))
    // Halfway through a zoom signs gather anew a few times, not at every frame.
    const onZoom = () => {
      if (Math.abs(map.getZoom() - zoom.value) > 0.25)
        zoom.value = map.getZoom()
    }
    const onZoomEnd = () => zoom.value = map.getZoom()
    map.on('zoom', onZoom)
    map.on('zoomend', onZoomEnd)
    cleanups.push(() => map.off('zoom', onZoom), () => map.off('zoomend', onZoomEnd))
    zoom.value = map.getZoom()
    draw()
  }, { immediate: true })
  watch(places, draw)
  watch(look, next => next && live?.setLook(next))
  watch([
    () => toValue(options.selected),
    places,
  ], ([selected]) => {
    const place = selected
      ? byCase.value.get(selected)
      : undefined
    live?.select(place
      ? [place.members[0]!.id]
      : [])
  })
  onScopeDispose(tidy)

  function draw(): void {
    const screen = look.value?.screen
    if (!live || !screen)
      return
    const next = new Map(places.value.map(place => [
      place.members[0]!.id,
      placeToLivePoint(place, screen),
    ]))
    const changed = [
      ...next.values(),
    ].filter(point => !sameSign(point, drawn.get(point.id)))
    const removed = [
      ...drawn.keys(),
    ].filter(id => !next.has(id))
    if (changed.length > 0 || removed.length > 0)
      live.update(changed, removed)
    drawn = next
  }

  return {
    places,
    counts,
    placeOf: id => byCase.value.get(id),
    pick: (x, y) => live?.pick(x, y).flatMap(id => byCase.value.get(id) ?? []) ?? [],
    pulse(id) {
      const place = byCase.value.get(id)
      if (place)
        live?.pulse(place.members[0]!.id)
    },
  }
}

function sameSign(a: LivePoint, b: LivePoint | undefined): boolean {
  return b !== undefined && a.lng === b.lng && a.lat === b.lat && a.kind === b.kind && a.stage === b.stage
    && a.ring === b.ring && a.count === b.count && a.order === b.order && a.size === b.size
}
