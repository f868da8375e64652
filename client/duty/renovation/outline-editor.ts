import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { TerraDraw, TerraDrawLineStringMode, TerraDrawPolygonMode, TerraDrawRenderMode, TerraDrawSelectMode, ValidateNotSelfIntersecting } from 'terra-draw'
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter'

type Validation = NonNullable<NonNullable<ConstructorParameters<typeof TerraDrawPolygonMode>[0]>['validation']>
type Area = Polygon | MultiPolygon
export type Tool = 'draw' | 'edit' | 'cut'

export interface OutlineEditor {
  /** What is drawn now; null = nothing that encloses anything. */
  area: () => Area | null
  /** The first and the last point of the line that cuts; null = not drawn yet. */
  line: () => [LngLat, LngLat] | null
  stop: () => void
}

export interface OutlineWork {
  tool: Tool
  /** What is edited; null for a new outline. */
  area: Area | null
  /** Outlines that corners snap to. */
  neighbours: readonly Area[]
  colour: `#${string}`
  onChange: () => void
}

/** A centimetre, as everywhere: what comes finer is not taken by the library. */
const decimals = 7

/**
 * Draws, edits or cuts an outline on the map: corners snap to those and the edges of its neighbours, and one that crosses itself
 * is not let be. Holes stay as they are.
 */
export function openOutlineEditor(map: MapLibreMap, { tool, area, neighbours, colour, onChange }: OutlineWork): OutlineEditor {
  const holes = holesOf(area)
  const snapping = {
    toFeature: {
      filter: () => true,
      toLine: true,
      toCoordinate: true,
    },
  }
  // While a line still follows the pointer it may cross another; what is set down may not.
  const whenSet: Validation = (feature, { updateType }) => updateType === 'provisional'
    ? { valid: true }
    : ValidateNotSelfIntersecting(feature)
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: decimals }),
    modes: [
      new TerraDrawRenderMode({
        modeName: 'neighbours',
        styles: {
          polygonFillOpacity: 0.05,
          polygonFillColor: colour,
          polygonOutlineColor: colour,
          polygonOutlineWidth: 1,
        },
      }),
      new TerraDrawPolygonMode({
        snapping,
        validation: whenSet,
        styles: { fillColor: colour, outlineColor: colour },
      }),
      new TerraDrawLineStringMode({
        styles: { lineStringColor: colour, lineStringWidth: 3 },
      }),
      new TerraDrawSelectMode({
        allowManualDeselection: false,
        flags: {
          polygon: {
            feature: {
              validation: feature => ValidateNotSelfIntersecting(feature),
              coordinates: {
                draggable: true,
                deletable: true,
                midpoints: true,
                snappable: snapping,
              },
            },
          },
        },
      }),
    ],
  })
  draw.start()
  const polygons = (given: readonly Area[], mode: string) => given.flatMap(partsOf).map(coordinates => ({
    type: 'Feature' as const,
    geometry: {
      type: 'Polygon' as const,
      coordinates: [
        coordinates[0]!.map(([lng, lat]) => [
          rounded(lng),
          rounded(lat),
        ]),
      ],
    },
    properties: { mode },
  }))
  draw.addFeatures(polygons(neighbours, 'neighbours'))
  if (area) {
    draw.addFeatures(polygons([area], tool === 'edit'
      ? 'polygon'
      : 'neighbours'))
  }
  const own = () => draw.getSnapshot().filter(({ properties, geometry }) => properties.mode === 'polygon' && geometry.type === 'Polygon')
  if (tool === 'edit') {
    draw.setMode('select')
    const [first] = own()
    if (first?.id !== undefined)
      draw.selectFeature(first.id)
  }
  else {
    draw.setMode(tool === 'draw'
      ? 'polygon'
      : 'linestring')
  }
  draw.on('finish', () => {
    // One outline and one line at a time: what is drawn is changed from then on, not added to.
    const [drawn] = own()
    if (tool === 'draw' && drawn?.id !== undefined) {
      draw.setMode('select')
      draw.selectFeature(drawn.id)
    }
    if (tool === 'cut')
      draw.setMode('static')
    onChange()
  })
  return {
    area() {
      const rings = own().map(({ geometry }) => geometry.coordinates as LngLat[][])
      const withHoles = rings.map((ring, at) => [
        ...ring,
        ...holes[at] ?? [],
      ])
      if (withHoles.length === 0)
        return null
      return withHoles.length === 1
        ? { type: 'Polygon', coordinates: withHoles[0]! }
        : { type: 'MultiPolygon', coordinates: withHoles }
    },
    line() {
      const points = draw.getSnapshot().find(({ geometry }) => geometry.type === 'LineString')?.geometry.coordinates as LngLat[] | undefined
      return points && points.length > 1
        ? [
            points[0]!,
            points.at(-1)!,
          ]
        : null
    },
    stop: () => draw.stop(),
  }
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(decimals))
}

function partsOf(area: Area): LngLat[][][] {
  return area.type === 'Polygon'
    ? [area.coordinates]
    : area.coordinates
}

function holesOf(area: Area | null): LngLat[][][] {
  return area
    ? partsOf(area).map(([, ...holes]) => holes)
    : []
}
