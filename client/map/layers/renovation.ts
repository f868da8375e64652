/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { FilterSpecification } from 'maplibre-gl'
import type { Position } from 'geojson'
import type { RenovationStage, RenovationZone, RenovationZoneFeature } from '#contract/places.ts'
import type { Pattern } from '../fill-pattern.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map-layer.ts'
import type { Canvas } from '../symbols/draw-sign.ts'
import { displayOutline } from '../display-outline.ts'
import { mapImage } from '../draw-image.ts'
import { patternImage } from '../fill-pattern.ts'
import { boundsOf, polygonsOf } from '../label-place.ts'
import { labelFonts, palettes } from '../palette.ts'

/** What the map tells apart: nine stages are too many signs for a wall. */
export type ZoneGroup = 'design' | 'works' | 'acceptance' | 'leftovers' | 'settled'

/** The signs of a zone's state; `settled` has an outline only. */
export const zonePatterns: Record<Exclude<ZoneGroup, 'settled'>, Pattern> = {
  design: 'dots',
  works: 'diagonal',
  acceptance: 'horizontal',
  leftovers: 'cross',
}

const groupOfStage: Record<RenovationStage, ZoneGroup> = {
  survey: 'design',
  application: 'design',
  consent: 'design',
  publication: 'design',
  tender: 'design',
  construction: 'works',
  acceptance: 'acceptance',
  handover: 'settled',
  upkeep: 'settled',
}

/** Handed over but with 遗留问题 on the account, a zone is not settled. */
export function zoneGroup({ stage, openLeftovers }: Pick<RenovationZone, 'stage' | 'openLeftovers'>): ZoneGroup {
  const group = groupOfStage[stage]
  return group === 'settled' && openLeftovers > 0 ? 'leftovers' : group
}

/** Rings go by twentieths: as fine as anybody can see. */
const ringSteps = 20

/** Renovation zones: pattern by state; a ring that fills as the works go on, with the number of open leftovers in it; the name beside. */
export const renovationLayer: MapLayer<RenovationZoneFeature> = { id: 'renovation-zones', layers, images, toGeoJson }

function layers({ look, emphasis }: LayerContext): PlacedLayer[] {
  const { theme, scale, screen } = look
  const palette = palettes[theme]
  const only = (part: string, group?: string): FilterSpecification =>
    ['all', ['==', ['get', 'part'], part], ...(group ? [['==', ['get', 'group'], group]] : [])] as unknown as FilterSpecification
  // A close view on a desk is about buildings: there the pattern only hints.
  const near = screen === 'wall' ? 0.45 : 0.12
  // Between everything else on a desk names and numbers wait for a closer view.
  const wordsFrom = screen === 'wall' || emphasis > 1 ? 13 : 14.5
  const opacity = (far: number) => ['interpolate', ['linear'], ['zoom'], 15, Math.min(1, far * emphasis), 17, Math.min(1, near * emphasis)] as unknown as number
  return [
    ...Object.keys(zonePatterns).map((group): PlacedLayer => ({
      id: `renovation-zones-${group}`,
      slot: 'zones',
      type: 'fill',
      filter: only('zone', group),
      paint: { 'fill-pattern': imageId(group, look), 'fill-opacity': opacity(0.5) },
    })),
    {
      id: 'renovation-zones-edge',
      slot: 'zones',
      type: 'line',
      filter: only('zone'),
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.renovation,
        'line-width': ['match', ['get', 'group'], 'settled', 1.2 * scale, 2 * scale],
        'line-opacity': ['match', ['get', 'group'], 'settled', Math.min(0.45, 0.45 * emphasis), Math.min(0.9, 0.85 * emphasis)],
      },
    },
    {
      id: 'renovation-zones-name',
      slot: 'community-labels',
      type: 'symbol',
      filter: only('name'),
      minzoom: wordsFrom,
      layout: {
        'icon-image': ['get', 'ring'],
        'icon-anchor': 'bottom',
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'text-optional': true,
        'text-field': ['get', 'label'],
        'text-font': labelFonts,
        'text-size': nameSize(look),
        'text-max-width': 14,
        'text-variable-anchor-offset': ['case', ['==', ['get', 'ring'], ''], ['literal', anchors(0.25, 0)], ['literal', anchors(2 * ringEms(look), ringEms(look))]],
        'symbol-z-order': 'source',
      },
      paint: { 'text-color': palette.renovation, 'text-opacity': Math.min(1, 0.6 + 0.4 * emphasis), 'text-halo-color': palette.ground, 'text-halo-width': 2 * scale },
    },
    {
      id: 'renovation-zones-number',
      slot: 'community-labels',
      type: 'symbol',
      filter: only('name'),
      minzoom: wordsFrom,
      layout: {
        'text-field': ['get', 'leftovers'],
        'text-font': labelFonts,
        'text-size': numberSize(look),
        'text-offset': [0, -1.3 * ringRadius(look) / numberSize(look)],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': palette.text, 'text-opacity': Math.min(1, 0.6 + 0.4 * emphasis) },
    },
  ]
}

function images({ look }: LayerContext): ReturnType<NonNullable<MapLayer['images']>> {
  const palette = palettes[look.theme]
  const radius = ringRadius(look)
  return Object.fromEntries([
    ...Object.entries(zonePatterns).map(([group, pattern]) => [imageId(group, look), patternImage(pattern, palette.renovation, look.scale)] as const),
    ...Array.from({ length: ringSteps + 1 }, (_, step) => [ringId(step, look), mapImage(2.6 * radius, canvas =>
      drawRing(canvas, [1.3 * radius, 1.3 * radius], radius, step / ringSteps, palette))] as const),
  ])
}

/** A ring that is full where the works are done; `share` 0–1. */
export function drawRing(canvas: Canvas, [x, y]: readonly [number, number], radius: number, share: number, { ground, renovation, textSoft }: { ground: string, renovation: string, textSoft: string }): void {
  const circle = (from: number, to: number, colour: string, width: number) => {
    canvas.beginPath()
    canvas.arc(x, y, radius, (from - 0.25) * 2 * Math.PI, (to - 0.25) * 2 * Math.PI)
    canvas.strokeStyle = colour
    canvas.lineWidth = width
    canvas.stroke()
  }
  canvas.beginPath()
  canvas.arc(x, y, radius, 0, 2 * Math.PI)
  canvas.fillStyle = ground
  canvas.fill()
  circle(0, 1, ground, radius * 0.5)
  circle(0, 1, textSoft, radius * 0.1)
  if (share > 0)
    circle(0, share, renovation, radius * 0.3)
}

type Anchors = ('bottom' | 'top' | 'bottom-left' | 'bottom-right' | 'left' | 'right' | [number, number])[]

/** A name stands above the ring, beside its middle or below the edge of the zone; `above` and `middle` in ems. */
function anchors(above: number, middle: number): Anchors {
  const beside = middle === 0 ? 0.25 : middle + 0.2
  return ['bottom', [0, -above], 'left', [beside, -middle], 'right', [-beside, -middle], 'bottom-left', [0, -above], 'bottom-right', [0, -above], 'top', [0, 0.25]]
}

/** The ring's picture is 2.6 radii high and stands on the edge of its zone. */
function ringEms(look: LayerContext['look']): number {
  return 1.3 * ringRadius(look) / nameSize(look)
}

function nameSize({ screen, scale }: LayerContext['look']): number {
  return (screen === 'wall' ? 16 : 13) * scale
}

function numberSize({ screen, scale }: LayerContext['look']): number {
  return (screen === 'wall' ? 14 : 12) * scale
}

function ringRadius({ screen, scale }: LayerContext['look']): number {
  return (screen === 'wall' ? 13 : 11) * scale
}

/** A ring where it says something: how far works are that are not settled, or how many leftovers there are. */
function ringOf(zone: RenovationZone, look: LayerContext['look']): string {
  const group = zoneGroup(zone)
  return zone.openLeftovers > 0 || (zone.progress !== null && (group === 'works' || group === 'acceptance'))
    ? ringId(Math.round((zone.progress ?? 0) * ringSteps), look)
    : ''
}

function ringId(step: number, { theme, scale, screen }: LayerContext['look']): string {
  return `zone-ring-${step} ${theme} ${scale.toFixed(3)} ${screen}`
}

function imageId(group: string, { theme, scale }: LayerContext['look']): string {
  return `zone-${group} ${theme} ${scale.toFixed(3)}`
}

function toGeoJson(zones: readonly RenovationZoneFeature[], { look, translate }: LayerContext): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    // Names of the zones with most leftovers are placed first.
    features: zones.toSorted((a, b) => b.properties.openLeftovers - a.properties.openLeftovers).flatMap(({ id, properties, geometry }) => {
      const shared = { id, group: zoneGroup(properties), openLeftovers: properties.openLeftovers }
      return [
        { type: 'Feature' as const, properties: { ...shared, part: 'zone' }, geometry: displayOutline(geometry) },
        { type: 'Feature' as const, properties: { ...shared, part: 'name', label: labelOf(properties, translate), ring: ringOf(properties, look), leftovers: properties.openLeftovers > 0 ? String(properties.openLeftovers) : '' }, geometry: { type: 'Point' as const, coordinates: topOf(geometry) } },
      ]
    }),
  }
}

function labelOf(zone: RenovationZone, translate: LayerContext['translate']): string {
  const group = zoneGroup(zone)
  const named = { name: zone.name, group: translate(`map.zone.${group}`) }
  return group === 'works' && zone.progress !== null
    ? translate('map.zone.progress', { ...named, percent: Math.round(zone.progress * 100) })
    : translate('map.zone.label', named)
}

/** The middle of the northern edge: a name above its zone leaves the zone free for signs. */
function topOf(geometry: RenovationZoneFeature['geometry']): Position {
  const [west, , east, north] = boundsOf(polygonsOf(geometry).slice(0, 1))!
  return [(west + east) / 2, north]
}
