import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl'
import type { ShallowRef } from 'vue'
import type { Feature, LngLat } from '#contract/geometry.ts'
import type { CandidateParcel } from '#contract/plan.ts'
import type { LayerName } from '#contract/live.ts'
import type { CareFacilityFeature, RegionFeature } from '#contract/places.ts'
import type { Plan } from './use-plan.ts'
import type { WhatIf } from './use-what-if.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useDeskMap } from '../desk/use-desk-map.ts'
import { careLayer } from '../map/layers/care.ts'
import { planMarksLayer } from '../map/layers/plan-marks.ts'
import { coverageLayer } from '../map/layers/coverage.ts'
import { gapsLayer } from '../map/layers/gaps.ts'
import { regionsLayer } from '../map/layers/regions.ts'
import { useMapLayer } from '../map/use-map-layer.ts'
import { useWords } from '../parts/use-words.ts'
import { insidePoint } from './inside-point.ts'
import { mostCandidates } from './read-candidates.ts'
import { planDifferenceLayer } from './plan-difference.ts'
import { housesAsFeatures, housesLayer } from './houses-layer.ts'
import { world } from '../state/world.ts'

/** The planner's map: reach and those outside of it for the minutes and speed that were asked. */
export function usePlanMap(container: Readonly<ShallowRef<HTMLElement | null>>, plan: Plan) {
  const { handle, failure } = useDeskMap(container)
  const list = (name: LayerName) => {
    const view = world.view(name)
    return computed(() => [
      ...view.value.items.values(),
    ])
  }
  const reach = computed<Feature[]>(() => plan.coverage.value?.reach.features ?? [])
  const missed = computed<Feature[]>(() => plan.coverage.value?.missed.features ?? [])

  useMapLayer(handle, regionsLayer, list('regions') as unknown as () => RegionFeature[])
  useMapLayer(handle, coverageLayer, reach, { emphasis: 1.5 })
  const { whatIf } = plan
  useMapLayer(handle, gapsLayer, missed, {
    visible: computed(() => !whatIf.withHouses.value),
  })
  const houses = computed(() => housesAsFeatures(whatIf.houses.value, whatIf.answer.value?.figures.capacity.perThousand ?? 0))
  useMapLayer(handle, housesLayer, houses, { visible: whatIf.withHouses })
  const words = useWords()
  const facilities = computed<CareFacilityFeature[]>(() => whatIf.answer.value?.figures.facilities.map(facility => ({
    type: 'Feature',
    id: facility.id,
    geometry: {
      type: 'Point',
      coordinates: [facility.lng, facility.lat],
    },
    properties: facility,
  }) as unknown as CareFacilityFeature) ?? list('care-facilities').value as unknown as CareFacilityFeature[])
  const withDifference = shallowRef(true)
  /** of a parcel that is being drawn */
  const corners = shallowRef<LngLat[]>([])
  useMapLayer(handle, planDifferenceLayer, whatIf.difference, { visible: withDifference })
  useMapLayer(handle, planMarksLayer, computed(() => marksOf(whatIf, corners.value)))
  useMapLayer(handle, careLayer, facilities, { emphasis: 1.3 })

  watch(whatIf.lookAt, (place) => {
    if (place) {
      handle.value?.map.easeTo({
        center: place,
        zoom: Math.max(16, handle.value.map.getZoom()),
      })
    }
  })
  const tool = shallowRef<PlanTool>('drag')
  const start = shallowRef<LngLat | null>(null)
  watch(tool, () => {
    start.value = null
    corners.value = []
  })
  let release = () => {}
  watch(handle, (current) => {
    release()
    release = current
      ? listen(current.map, {
          tool,
          start,
          corners,
          whatIf,
          words,
        })
      : () => {}
  })
  onScopeDispose(() => release())
  return {
    handle,
    failure,
    tool,
    start,
    withDifference,
  }
}

/** Gates, footbridges of the plan, and what would help a gap most. */
function marksOf({ answer, content, openings, siting }: WhatIf, corners: LngLat[]): Feature[] {
  const point = (id: string, coordinates: LngLat, properties: Record<string, unknown>): Feature => ({
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates },
    properties,
  })
  const line = (id: string, from: LngLat, to: LngLat, kind: string): Feature => ({
    type: 'Feature',
    id,
    geometry: {
      type: 'LineString',
      coordinates: [from, to],
    },
    properties: { mark: kind },
  })
  const chosen = new Set(siting.outcome.value?.chosen.map(({ id }) => id))
  const own = content.value.candidates ?? []
  // Of street corners only those that were chosen: nobody wants to see hundreds.
  const parcels = own.length > 0
    ? own
    : siting.outcome.value?.chosen ?? []
  return [
    ...answer.value?.gates.map(({ id, lng, lat, open }) => point(`gate-${id}`, [lng, lat], { mark: 'gate', gate: id, open })) ?? [],
    ...own.flatMap(({ id, outline }) => outline
      ? [
          {
            type: 'Feature' as const,
            id: `ground-${id}`,
            geometry: outline,
            properties: {
              mark: 'ground',
              chosen: chosen.has(id),
            },
          },
        ]
      : []),
    ...corners.length > 1
      ? [
          {
            type: 'Feature' as const,
            id: 'drawn',
            geometry: { type: 'LineString' as const, coordinates: corners },
            properties: { mark: 'drawn' },
          },
        ]
      : [],
    ...corners.map((place, i) => point(`corner-${i}`, place, { mark: 'parcel', chosen: i === 0 })),
    ...parcels.map(({ id, lng, lat }) => point(`parcel-${id}`, [lng, lat], {
      mark: 'parcel',
      chosen: chosen.has(id),
    })),
    ...content.value.changes.flatMap((change, i) => change.do === 'bridge'
      ? [
          line(`bridge-${i}`, change.from, change.to, 'bridge'),
        ]
      : []),
    ...[
      ...openings.value.values(),
    ].flatMap((opening, i) => opening && opening.metres > 0
      ? [
          line(`opening-${i}`, opening.from, opening.to, 'opening'),
        ]
      : []),
  ]
}

/** A click that near to the first corner closes an area. */
const closingPixels = 12

interface Hand {
  tool: ShallowRef<PlanTool>
  start: ShallowRef<LngLat | null>
  corners: ShallowRef<LngLat[]>
  whatIf: WhatIf
  words: Pick<ReturnType<typeof useWords>, 't'>
}

/** Dragging a facility, and what a click does with the tool in hand. Returns how to stop listening. */
function listen(map: MapLibreMap, { tool, start, corners, whatIf, words }: Hand): () => void {
  let dragged: string | null = null
  let moved = false
  const has = (layer: string) => map.getLayer(layer) !== undefined
  const at = (event: MapMouseEvent, layer: string) => has(layer)
    ? map.queryRenderedFeatures(event.point, {
      layers: [layer],
    })[0]?.properties
    : undefined
  const onDown = (event: MapMouseEvent) => {
    const id = tool.value === 'drag' && at(event, 'care-facilities-sign')?.id as string | undefined
    if (!id)
      return
    event.preventDefault()
    dragged = id
    moved = false
  }
  const onMove = (event: MapMouseEvent) => {
    if (dragged === null) {
      map.getCanvas().style.cursor = tool.value !== 'drag'
        ? 'crosshair'
        : at(event, 'care-facilities-sign')
          ? 'grab'
          : at(event, 'plan-marks-gate')
            ? 'pointer'
            : ''
      return
    }
    whatIf.move(dragged, event.lngLat.lng, event.lngLat.lat, !moved)
    moved = true
  }
  const onUp = () => dragged = null
  function addParcel(place: Pick<CandidateParcel, 'lng' | 'lat' | 'outline'>): void {
    const parcels = whatIf.content.value.candidates ?? []
    if (parcels.length >= mostCandidates)
      return
    whatIf.setCandidates([
      ...parcels,
      {
        id: `drawn-${Date.now()}`,
        name: words.t('plan.parcel', { n: parcels.length + 1 }),
        cost: 1,
        capacity: null,
        ...place,
      },
    ])
  }
  function closeArea(): void {
    const [first] = corners.value
    const outline = {
      type: 'Polygon' as const,
      coordinates: [
        [...corners.value, first!],
      ],
    }
    corners.value = []
    const inside = insidePoint(outline)
    if (inside)
      addParcel({ lng: inside[0], lat: inside[1], outline })
  }
  const onKey = ({ key, target }: KeyboardEvent) => {
    if (corners.value.length === 0 || (target as HTMLElement).closest('input, textarea, select'))
      return
    if (key === 'Enter' && corners.value.length > 2)
      closeArea()
    else if (key === 'Escape')
      corners.value = []
    else if (key === 'Backspace')
      corners.value = corners.value.slice(0, -1)
  }
  const onClick = (event: MapMouseEvent) => {
    const { lng, lat } = event.lngLat
    const gate = at(event, 'plan-marks-gate')
    if (tool.value === 'drag' && gate) {
      whatIf.add({
        do: 'gate',
        gate: Number(gate.gate),
        open: !gate.open,
      })
    }
    else if (tool.value === 'add') {
      const n = whatIf.content.value.changes.filter(change => change.do === 'add').length + 1
      whatIf.add({
        do: 'add',
        facility: `new-${Date.now()}`,
        name: words.t('plan.proposed', { n }),
        kind: 'day-care',
        lng,
        lat,
        capacity: 30,
        floorArea: 300,
      })
      tool.value = 'drag'
    }
    else if (tool.value === 'parcel') {
      addParcel({ lng, lat })
    }
    else if (tool.value === 'area') {
      const first = corners.value[0] && map.project(corners.value[0])
      if (first && corners.value.length > 2 && Math.hypot(first.x - event.point.x, first.y - event.point.y) <= closingPixels) {
        closeArea()
      }
      else {
        corners.value = [
          ...corners.value,
          [lng, lat],
        ]
      }
    }
    else if (tool.value === 'bridge') {
      if (start.value) {
        whatIf.add({
          do: 'bridge',
          from: start.value,
          to: [lng, lat],
        })
        tool.value = 'drag'
      }
      else {
        start.value = [lng, lat]
      }
    }
  }
  const handlers = {
    mousedown: onDown,
    mousemove: onMove,
    mouseup: onUp,
    click: onClick,
  } as const
  for (const [name, handler] of Object.entries(handlers))
    map.on(name as 'click', handler)
  window.addEventListener('keydown', onKey)
  return () => {
    window.removeEventListener('keydown', onKey)
    for (const [name, handler] of Object.entries(handlers))
      map.off(name as 'click', handler)
  }
}

export type PlanTool = 'drag' | 'add' | 'bridge' | 'parcel' | 'area'
