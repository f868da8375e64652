/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Feature as GeoJsonFeature, Position } from 'geojson'
import type { RegionFeature } from '#contract/places.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map-layer.ts'
import { basemapPalettes } from '../basemap-palette.ts'
import { boundaryLines } from '../boundary-lines.ts'
import { boundsOf, labelPlace, polygonsOf } from '../label-place.ts'
import { labelFonts } from '../palette.ts'

/** The subdistrict: everything outside it steps back, its communities have dashed borders and names; near, the grids too. */
export const regionsLayer: MapLayer<RegionFeature> = { id: 'regions', layers, toGeoJson }

function layers({ look: { theme, scale, screen } }: LayerContext): PlacedLayer[] {
  const colours = basemapPalettes[theme]
  const part = (name: string) => ['==', ['get', 'part'], name] as unknown as ['==', ['get', string], string]
  return [
    {
      id: 'regions-mask',
      slot: 'mask',
      type: 'fill',
      filter: part('mask'),
      paint: { 'fill-color': colours.outside, 'fill-opacity': colours.outsideOpacity, 'fill-antialias': false },
    },
    {
      id: 'regions-grid',
      slot: 'boundaries',
      type: 'line',
      filter: part('grid'),
      minzoom: screen === 'wall' ? 16 : 15,
      paint: { 'line-color': colours.boundary, 'line-width': scale, 'line-dasharray': [1, 3], 'line-opacity': 0.8 },
    },
    {
      id: 'regions-community',
      slot: 'boundaries',
      type: 'line',
      filter: part('community'),
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colours.boundary, 'line-width': 1.3 * scale, 'line-dasharray': [4, 3] },
    },
    {
      id: 'regions-outline',
      slot: 'outline',
      type: 'line',
      filter: part('outline'),
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colours.outline, 'line-width': 2 * scale, 'line-opacity': 0.9 },
    },
    {
      id: 'regions-grid-name',
      slot: 'community-labels',
      type: 'symbol',
      filter: part('grid-name'),
      minzoom: screen === 'wall' ? 16 : 15.5,
      layout: { 'text-field': ['get', 'name'], 'text-font': labelFonts, 'text-size': 12 * scale, 'text-padding': 8 },
      paint: { 'text-color': colours.labelSoft, 'text-halo-color': colours.labelHalo, 'text-halo-width': 1.6 * scale },
    },
    {
      id: 'regions-name',
      slot: 'community-labels',
      type: 'symbol',
      filter: part('name'),
      minzoom: 12,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': labelFonts,
        'text-size': ['interpolate', ['linear'], ['zoom'], 12, 0.72 * nameSize(screen) * scale, 14, nameSize(screen) * scale],
        'text-letter-spacing': 0.14,
        'text-max-width': 12,
        'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
        'text-radial-offset': 0.6,
        'symbol-sort-key': ['-', ['get', 'room']],
      },
      paint: { 'text-color': colours.community, 'text-halo-color': colours.labelHalo, 'text-halo-width': 2.2 * scale },
    },
  ]
}

function nameSize(screen: LayerContext['look']['screen']): number {
  return screen === 'wall' ? 18 : 15
}

function toGeoJson(regions: readonly RegionFeature[]): ReturnType<MapLayer['toGeoJson']> {
  const of = (...levels: string[]) => regions.filter(({ properties }) => levels.includes(properties.level))
  const rings = (features: RegionFeature[]) => features.flatMap(({ geometry }) => polygonsOf(geometry).flat())
  const subdistricts = of('subdistrict')
  const communities = of('community', 'village')
  const grids = of('grid')
  return {
    type: 'FeatureCollection',
    features: [
      ...mask(subdistricts),
      ...lines('outline', boundaryLines(rings(subdistricts))),
      ...lines('community', boundaryLines(rings(communities), rings(subdistricts))),
      ...lines('grid', boundaryLines(rings(grids), rings([...communities, ...subdistricts]))),
      ...names('name', communities),
      ...names('grid-name', grids),
    ],
  }
}

/** A sheet far larger than any view with the subdistricts cut out. */
function mask(subdistricts: RegionFeature[]): GeoJsonFeature[] {
  const polygons = subdistricts.flatMap(({ geometry }) => polygonsOf(geometry))
  const bounds = boundsOf(polygons)
  if (!bounds)
    return []
  const [west, south, east, north] = bounds
  const sheet: Position[] = [[west - 4, south - 4], [east + 4, south - 4], [east + 4, north + 4], [west - 4, north + 4], [west - 4, south - 4]]
  const holes = polygons.map(outer => [...outer[0]!])
  return [{ type: 'Feature', properties: { part: 'mask' }, geometry: { type: 'Polygon', coordinates: [sheet, ...holes] } }]
}

function lines(part: string, coordinates: Position[][]): GeoJsonFeature[] {
  return coordinates.length > 0 ? [{ type: 'Feature', properties: { part }, geometry: { type: 'MultiLineString', coordinates } }] : []
}

function names(part: string, regions: RegionFeature[]): GeoJsonFeature[] {
  return regions.flatMap(({ properties, geometry }) => {
    const [largest] = polygonsOf(geometry)
    if (!largest)
      return []
    const [west, south, east, north] = boundsOf([largest])!
    return [{
      type: 'Feature',
      properties: { part, name: properties.name, room: (east - west) * (north - south) * 1e6 },
      geometry: { type: 'Point', coordinates: labelPlace(largest) },
    }]
  })
}
