import type { ShallowRef } from 'vue'
import type { Feature, LngLat } from '#contract/geometry.ts'
import type { LayerName } from '#contract/live.ts'
import type { CareFacilityFeature, OfficerFeature, RegionFeature, WorksiteFeature } from '#contract/places.ts'
import type { Duty } from './use-duty.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { careLayer } from '../map/layers/care.ts'
import { degreesPerPixel } from '../map/glide.ts'
import { useGliding } from '../map/use-gliding.ts'
import { trackLayer } from '../map/layers/track.ts'
import { piecesOf } from './officer/track-at.ts'
import { useTrack } from './officer/use-track.ts'
import { officersLayer } from '../map/layers/officers.ts'
import { regionsLayer } from '../map/layers/regions.ts'
import { renovationLayer } from '../map/layers/renovation.ts'
import { worksitesLayer } from '../map/layers/worksites.ts'
import { zoneHeatLayer } from '../map/layers/zone-heat.ts'
import { useCasePins } from '../map/use-case-pins.ts'
import { useMapLayer } from '../map/use-map-layer.ts'
import { useDeskMap } from '../desk/use-desk-map.ts'
import { aimLayer } from './aim-layer.ts'
import { now } from '../state/clock.ts'
import { onPositions } from '../state/officers-on-map.ts'
import { world } from '../state/world.ts'

/** The duty desk's map: where cases and grid workers are. A click on a pin selects; a selected case out of view is brought into it. */
export function useDutyMap(container: Readonly<ShallowRef<HTMLElement | null>>, duty: Duty) {
  const { handle, failure } = useDeskMap(container, {
    onBox: box => duty.batch.value = waitingIn(box),
  })
  const list = (name: LayerName) => {
    const view = world.view(name)
    return computed(() => [
      ...view.value.items.values(),
    ])
  }
  const tenSeconds = computed(() => now.value - now.value % 10_000)
  const officers = computed(() => onPositions(world.view('officers').value.items, world.positions.value.items))

  useMapLayer(handle, regionsLayer, list('regions') as unknown as () => RegionFeature[])
  // Whoever looks at a month of the past sees nothing of the present that he could take for it.
  const { shown, past, view, open } = duty.zones
  const visible = computed(() => !past.value)
  useMapLayer(handle, zoneHeatLayer, () => shown.value.heat, {
    visible: () => view.value.heat,
  })
  useMapLayer(handle, renovationLayer, () => shown.value.zones, {
    emphasis: () => past.value || view.value.heat || open.value
      ? 1.4
      : 1,
  })
  useMapLayer(handle, careLayer, list('care-facilities') as unknown as () => CareFacilityFeature[], { emphasis: 0.8, visible })
  useMapLayer(handle, worksitesLayer, list('worksites') as unknown as () => WorksiteFeature[], { now: tenSeconds, visible })
  const gliding = useGliding(officers, {
    view: () => handle.value?.map.getBounds().toArray().flat() as [number, number, number, number] | undefined ?? null,
    moving: () => handle.value?.map.isMoving() === true,
    degreesPerPixel: () => degreesPerPixel(handle.value?.map.getZoom() ?? 0),
  })
  const replay = useTrack(duty.officerId)
  const looked = computed(() => gliding.value.find(({ id }) => id === duty.officerId.value)?.geometry)
  const trackFeatures = computed<Feature[]>(() => [
    ...piecesOf(replay.track.value?.fixes ?? []).map((coordinates, i): Feature => ({
      type: 'Feature',
      id: `piece ${i}`,
      geometry: { type: 'LineString', coordinates },
      properties: {},
    })),
    ...replay.place.value
      ? [
          {
            type: 'Feature' as const,
            id: 'then',
            geometry: { type: 'Point' as const, coordinates: replay.place.value },
            properties: { when: 'then' },
          },
        ]
      : [],
    ...looked.value
      ? [
          {
            type: 'Feature' as const,
            id: 'now',
            geometry: looked.value,
            properties: { when: 'now' },
          },
        ]
      : [],
  ])
  useMapLayer(handle, trackLayer, trackFeatures, { visible })
  useMapLayer(handle, officersLayer, gliding as unknown as () => OfficerFeature[], { now: tenSeconds, visible })
  useMapLayer(handle, aimLayer, computed<Feature[]>(() => duty.aim.point.value === null
    ? []
    : [
        {
          type: 'Feature',
          id: 'aim',
          geometry: { type: 'Point', coordinates: duty.aim.point.value },
          properties: {},
        },
      ]))
  const pins = useCasePins(handle, list('cases'), {
    now: tenSeconds,
    visible,
    selected: duty.selectedId,
    apart: () => new Set(duty.selectedId.value === null
      ? []
      : [duty.selectedId.value]),
  })

  /** Several cases under one sign, while one of them is being picked. */
  const stack = shallowRef<{ ids: string[], at: { x: number, y: number } } | null>(null)

  /** As the queue has them, which is the order in which somebody would go down the list. */
  function waitingIn([west, south, east, north]: [number, number, number, number]): string[] {
    return duty.waiting.value.filter(({ geometry }) => geometry?.type === 'Point'
      && geometry.coordinates[0] >= west && geometry.coordinates[0] <= east
      && geometry.coordinates[1] >= south && geometry.coordinates[1] <= north).map(({ id }) => id)
  }

  let pointed: LngLat | null = null
  let shownSite: string | null = null
  watch(handle, (current, _, onCleanup) => {
    if (!current)
      return
    const { map } = current
    const signAt = (layer: string, { x, y }: { x: number, y: number }): string | null => map.getLayer(layer)
      ? map.queryRenderedFeatures([
        [x - 6, y - 6],
        [x + 6, y + 6],
      ], {
        layers: [layer],
      })[0]?.properties.id as string ?? null
      : null
    const officerAt = (at: { x: number, y: number }) => signAt('officers-sign', at)
    const worksiteAt = (at: { x: number, y: number }) => signAt('worksites-sign', at)
    const onClick = (event: { point: { x: number, y: number }, lngLat: { lng: number, lat: number } }) => {
      if (duty.aim.picking.value) {
        pointed = [
          round(event.lngLat.lng),
          round(event.lngLat.lat),
        ]
        duty.aim.point.value = pointed
        return
      }
      const [place] = pins.pick(event.point.x, event.point.y)
      stack.value = place && place.members.length > 1
        ? {
            ids: place.members.map(({ id }) => id),
            at: event.point,
          }
        : null
      if (place?.members.length === 1)
        duty.selectedId.value = place.members[0]!.id
      if (place)
        return
      const officer = officerAt(event.point)
      const worksite = worksiteAt(event.point)
      if (officer !== null) {
        duty.officerId.value = officer
      }
      else if (worksite !== null) {
        // Where somebody pointed himself he is looking already.
        shownSite = worksite
        duty.worksiteId.value = worksite
      }
    }
    const onMove = (event: { point: { x: number, y: number } }) => {
      map.getCanvas().style.cursor = duty.aim.picking.value
        ? 'crosshair'
        : pins.pick(event.point.x, event.point.y).length || officerAt(event.point) || worksiteAt(event.point)
          ? 'pointer'
          : ''
    }
    const closeStack = () => stack.value = null
    map.on('movestart', closeStack)
    map.on('click', onClick)
    map.on('mousemove', onMove)
    onCleanup(() => {
      map.off('movestart', closeStack)
      map.off('click', onClick)
      map.off('mousemove', onMove)
    })
  }, { immediate: true })

  const stopWatch = watch(duty.selected, (feature, before) => {
    const map = handle.value?.map
    if (!map || !feature?.geometry || feature.geometry.type !== 'Point' || feature.id === before?.id)
      return
    const at = feature.geometry.coordinates
    if (!map.getBounds().contains(at) || map.getZoom() < 15) {
      map.easeTo({
        center: at,
        zoom: Math.max(map.getZoom(), 15.5),
        duration: 400,
      })
    }
  })
  // Where somebody pointed himself he is looking already.
  const stopAim = watch(duty.aim.point, (at) => {
    const map = handle.value?.map
    if (map && at && at !== pointed) {
      map.easeTo({
        center: at,
        zoom: Math.max(map.getZoom(), 16.5),
        duration: 400,
      })
    }
  })
  onScopeDispose(() => {
    stopWatch()
    stopAim()
  })

  // Somebody chosen by the keyboard, and a track, are brought into view; what comes over the wire moves nothing.
  const stopOfficer = watch([duty.officerId, replay.track], ([id, track]) => {
    const map = handle.value?.map
    const seen = id === null
      ? undefined
      : officers.value.find(officer => officer.id === id)?.geometry
    if (!map || !id)
      return
    const points = track
      ? track.fixes.map(([lng, lat]): LngLat => [lng, lat])
      : seen?.type === 'Point'
        ? [seen.coordinates]
        : []
    const bounds = map.getBounds()
    if (points.length === 0 || points.every(point => bounds.contains(point)))
      return
    const [lngs, lats] = [
      points.map(([lng]) => lng),
      points.map(([, lat]) => lat),
    ]
    map.fitBounds([
      Math.min(...lngs),
      Math.min(...lats),
      Math.max(...lngs),
      Math.max(...lats),
    ], {
      padding: 90,
      maxZoom: Math.max(15, map.getZoom()),
      duration: 400,
    })
  })
  onScopeDispose(stopOfficer)

  // From the ledger, a graph or the keyboard: it comes to the middle, beside its card, and may not be there yet while the page starts.
  const worksites = world.view('worksites')
  const stopSite = watch([
    handle,
    duty.worksiteId,
    () => worksites.value.revision,
  ], ([current, id]) => {
    const site = id === null
      ? undefined
      : worksites.value.items.get(id)
    if (id === null)
      shownSite = null
    if (!current || !site || shownSite === id || site.geometry?.type !== 'Point')
      return
    shownSite = id
    current.map.easeTo({
      center: site.geometry.coordinates,
      zoom: Math.max(current.map.getZoom(), 15.5),
      duration: 400,
    })
  }, { immediate: true })
  onScopeDispose(stopSite)

  return {
    handle,
    failure,
    pins,
    stack,
    officers,
    replay,
  }
}

/** Seven decimals are a centimetre. */
function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}
