/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import type { BasemapSchema } from './basemap-schemas.ts'
import type { Look } from './palette.ts'
import { basemapPalettes } from './basemap-palette.ts'
import { all, is } from './basemap-schemas.ts'
import { labelFonts } from './palette.ts'

/** What people on the far side of a hall know their way by. */
const landmarks = is('class', 'station', 'hospital', 'university', 'park')

/** Names of streets, water, places and (near) buildings. Who stands far off sees fewer and larger ones. */
export function basemapLabels(schema: BasemapSchema, look: Look): LayerSpecification[] {
  const colours = basemapPalettes[look.theme]
  const { scale, screen } = look
  const halo = (width: number) => ({ 'text-halo-color': colours.labelHalo, 'text-halo-width': width * scale })
  const layers: SymbolLayerSpecification[] = []

  if (schema.waterNames) {
    layers.push({
      'id': 'water-names',
      'type': 'symbol',
      'source': 'basemap',
      'source-layer': schema.waterNames.layer,
      'minzoom': 13,
      'filter': all(['has', 'name'], schema.waterNames.filter),
      'layout': {
        'text-field': schema.name,
        'text-font': labelFonts,
        'text-size': 13.5 * scale,
        'text-max-width': 6,
        'text-letter-spacing': 0.1,
      },
      'paint': {
        'text-color': colours.labelWater,
        ...halo(1.4),
      },
    })
  }
  layers.push({
    'id': 'waterway-names',
    'type': 'symbol',
    'source': 'basemap',
    'source-layer': schema.waterway.layer,
    'minzoom': 13,
    'filter': all(['has', 'name'], schema.waterway.filter, ['==', ['geometry-type'], 'LineString']),
    'layout': {
      'symbol-placement': 'line',
      'symbol-spacing': 520 * scale,
      'text-field': schema.name,
      'text-font': labelFonts,
      'text-size': 13.5 * scale,
      'text-letter-spacing': 0.24,
      'text-max-angle': 28,
    },
    'paint': {
      'text-color': colours.labelWater,
      ...halo(1.4),
    },
  })
  if (schema.buildingNames && screen !== 'wall') {
    layers.push({
      'id': 'building-names',
      'type': 'symbol',
      'source': 'basemap',
      'source-layer': schema.buildingNames.layer,
      'minzoom': 15.9,
      'filter': all(['has', 'name'], schema.buildingNames.filter),
      'layout': {
        'text-field': schema.name,
        'text-font': labelFonts,
        'text-size': 11.5 * scale,
        'text-max-width': 7,
        'text-padding': 4,
      },
      'paint': {
        'text-color': colours.label,
        ...halo(1.4),
      },
    })
  }
  if (schema.placeNames) {
    layers.push({
      'id': 'place-names',
      'type': 'symbol',
      'source': 'basemap',
      'source-layer': schema.placeNames.layer,
      'minzoom': screen === 'wall'
        ? 14
        : 14.5,
      'filter': all(['has', 'name'], schema.placeNames.filter, ...(screen === 'wall'
        ? [landmarks]
        : [])),
      'layout': {
        'text-field': schema.name,
        'text-font': labelFonts,
        'text-size': (screen === 'wall'
          ? 14
          : 12) * scale,
        'text-max-width': 7,
        'text-padding': screen === 'wall'
          ? 40 * scale
          : 6,
      },
      'paint': {
        'text-color': colours.labelSoft,
        ...halo(1.5),
      },
    })
  }
  layers.push({
    'id': 'street-names',
    'type': 'symbol',
    'source': 'basemap',
    'source-layer': schema.streetNames.layer,
    'minzoom': 13,
    'filter': all(['has', 'name'], schema.streetNames.filter, [
      'step',
      ['zoom'],
      ['<=', schema.streetRank, 1],
      14,
      [
        '<=',
        schema.streetRank,
        screen === 'wall'
          ? 3
          : 4,
      ],
      15.5,
      ['<=', schema.streetRank, 5],
    ]),
    'layout': {
      'symbol-placement': 'line',
      'symbol-spacing': 420 * scale,
      'symbol-sort-key': schema.streetRank,
      'text-field': schema.name,
      'text-font': labelFonts,
      'text-size': (screen === 'wall'
        ? 15
        : 12.5) * scale,
      'text-letter-spacing': 0.12,
      'text-max-angle': 28,
      'text-padding': 14,
    },
    'paint': {
      'text-color': colours.label,
      ...halo(1.7),
    },
  })
  return layers
}
