/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { FilterSpecification } from 'maplibre-gl'
import type { Position } from 'geojson'
import type { RenovationStage, RenovationZone, RenovationZoneFeature } from '#contract/places.ts'
import type { Pattern } from '../fill-pattern.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map-layer.ts'
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

/** Renovation zones: pattern by state, name and open leftovers beside. */
export const renovationLayer: MapLayer<RenovationZoneFeature> = { id: 'renovation-zones', layers, images, toGeoJson }

function layers({ look, emphasis }: LayerContext): PlacedLayer[] {
  const { theme, scale, screen } = look
  const palette = palettes[theme]
  const only = (part: string, group?: string): FilterSpecification =>
    ['all', ['==', ['get', 'part'], part], ...(group ? [['==', ['get', 'group'], group]] : [])] as unknown as FilterSpecification
  // A close view on a desk is about buildings: there the pattern only hints.
  const near = screen === 'wall' ? 0.45 : 0.12
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
      minzoom: screen === 'wall' ? 13 : 14.5,
      layout: {
        'text-field': ['get', 'label'],
        'text-font': labelFonts,
        'text-size': (screen === 'wall' ? 16 : 13) * scale,
        'text-max-width': 14,
        'text-variable-anchor': ['bottom', 'top', 'bottom-left', 'bottom-right', 'left', 'right'],
        'text-radial-offset': 0.25,
        'symbol-sort-key': ['-', ['get', 'openLeftovers']],
      },
      paint: { 'text-color': palette.renovation, 'text-opacity': Math.min(1, 0.6 + 0.4 * emphasis), 'text-halo-color': palette.ground, 'text-halo-width': 2 * scale },
    },
  ]
}

function images({ look }: LayerContext): ReturnType<NonNullable<MapLayer['images']>> {
  return Object.fromEntries(Object.entries(zonePatterns).map(([group, pattern]) =>
    [imageId(group, look), patternImage(pattern, palettes[look.theme].renovation, look.scale)]))
}

function imageId(group: string, { theme, scale }: LayerContext['look']): string {
  return `zone-${group} ${theme} ${scale.toFixed(3)}`
}

function toGeoJson(zones: readonly RenovationZoneFeature[], { translate }: LayerContext): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    features: zones.flatMap(({ id, properties, geometry }) => {
      const shared = { id, group: zoneGroup(properties), openLeftovers: properties.openLeftovers }
      return [
        { type: 'Feature' as const, properties: { ...shared, part: 'zone' }, geometry },
        { type: 'Feature' as const, properties: { ...shared, part: 'name', label: labelOf(properties, translate) }, geometry: { type: 'Point' as const, coordinates: topOf(geometry) } },
      ]
    }),
  }
}

function labelOf(zone: RenovationZone, translate: LayerContext['translate']): string {
  const group = zoneGroup(zone)
  const named = { name: zone.name, group: translate(`map.zone.${group}`) }
  const label = group === 'works' && zone.progress !== null
    ? translate('map.zone.progress', { ...named, percent: Math.round(zone.progress * 100) })
    : translate('map.zone.label', named)
  return zone.openLeftovers > 0 ? translate('map.zone.count', { label, n: zone.openLeftovers }) : label
}

/** The middle of the northern edge: a name above its zone leaves the zone free for signs. */
function topOf(geometry: RenovationZoneFeature['geometry']): Position {
  const [west, , east, north] = boundsOf(polygonsOf(geometry).slice(0, 1))!
  return [(west + east) / 2, north]
}
