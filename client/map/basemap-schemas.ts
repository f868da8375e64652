/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl'

type Expression = ExpressionSpecification
/** Where a vector tileset keeps something that the base map draws, and how to read it. */
interface Part { layer: string, filter?: Expression }

/** How a tileset names things; the base map's style is written once against this. */
export interface BasemapSchema {
  landuse?: Part
  compound?: Part
  green: Part[]
  water: Part
  waterway: Part
  rail: Part
  street: Part
  building: Part
  barrier?: Part
  gate?: Part
  /** 0 expressway, 1 arterial, 2 secondary, 3 branch, 4 residential, 5 internal, 6 footpath. */
  streetRank: Expression
  bridge: Expression
  tunnel: Expression
  stairs: Expression
  /** Lived in, as far as the tileset tells. */
  home: Expression
  name: Expression
  streetNames: Part
  waterNames?: Part
  placeNames?: Part
  buildingNames?: Part
}

const get = (name: string): Expression => ['get', name]
const anyName: Expression = ['coalesce', get('name:zh-Hans'), get('name:zh'), get('name')]

/** Whether a property is one of some values. */
export function is(name: string, ...values: string[]): Expression {
  return ['in', get(name), ['literal', values]] as unknown as Expression
}

/** Tiles of this server (server/tiles), OpenMapTiles and Protomaps (version 4). */
export const basemapSchemas: Record<'huizhi' | 'openmaptiles' | 'protomaps', BasemapSchema> = {
  huizhi: {
    landuse: {
      layer: 'landuse',
      filter: ['!=', get('class'), 'compound'],
    },
    compound: {
      layer: 'landuse',
      filter: ['==', get('class'), 'compound'],
    },
    green: [{ layer: 'green' }],
    water: { layer: 'water' },
    waterway: { layer: 'waterway' },
    rail: { layer: 'rail' },
    street: { layer: 'street' },
    building: { layer: 'building' },
    barrier: { layer: 'barrier' },
    gate: { layer: 'gate' },
    streetRank: [
      'match',
      get('class'),
      ['motorway', 'trunk', 'motorway_link', 'trunk_link'],
      0,
      ['primary', 'primary_link'],
      1,
      ['secondary', 'secondary_link'],
      2,
      ['tertiary', 'tertiary_link'],
      3,
      ['residential', 'unclassified', 'living_street', 'road'],
      4,
      ['service', 'pedestrian', 'track'],
      5,
      6,
    ],
    bridge: ['has', 'bridge'],
    tunnel: ['has', 'tunnel'],
    stairs: ['has', 'stairs'],
    home: ['has', 'home'],
    name: get('name'),
    streetNames: {
      layer: 'street',
      filter: ['all', ['has', 'name'], ['!', ['in', '_link', get('class')]]],
    },
    waterNames: {
      layer: 'label',
      filter: ['==', get('class'), 'water'],
    },
    placeNames: {
      layer: 'label',
      filter: ['!', is('class', 'water', 'building', 'green')],
    },
    buildingNames: {
      layer: 'label',
      filter: is('class', 'building', 'green'),
    },
  },
  openmaptiles: {
    landuse: {
      layer: 'landuse',
      filter: is('class', 'residential', 'suburb', 'commercial', 'industrial', 'school', 'university', 'hospital'),
    },
    green: [
      { layer: 'park' },
      {
        layer: 'landcover',
        filter: is('class', 'grass', 'wood', 'wetland'),
      },
    ],
    water: { layer: 'water' },
    waterway: { layer: 'waterway' },
    rail: {
      layer: 'transportation',
      filter: is('class', 'rail', 'transit'),
    },
    street: {
      layer: 'transportation',
      filter: ['all', ['!', is('class', 'rail', 'transit', 'ferry', 'aerialway', 'pier')], ['==', ['geometry-type'], 'LineString']],
    },
    building: { layer: 'building' },
    streetRank: [
      'match',
      get('class'),
      ['motorway', 'trunk'],
      0,
      'primary',
      1,
      'secondary',
      2,
      'tertiary',
      3,
      'minor',
      4,
      ['service', 'track'],
      5,
      6,
    ],
    bridge: ['==', get('brunnel'), 'bridge'],
    tunnel: ['==', get('brunnel'), 'tunnel'],
    stairs: ['==', get('subclass'), 'steps'],
    home: ['literal', false] as unknown as Expression,
    name: anyName,
    streetNames: {
      layer: 'transportation_name',
      filter: ['has', 'name'],
    },
    waterNames: { layer: 'water_name' },
    placeNames: {
      layer: 'poi',
      filter: ['<=', ['coalesce', get('rank'), 99], 20],
    },
  },
  protomaps: {
    landuse: {
      layer: 'landuse',
      filter: is('kind', 'residential', 'school', 'university', 'hospital', 'industrial', 'commercial'),
    },
    green: [
      {
        layer: 'landuse',
        filter: is('kind', 'park', 'grass', 'forest', 'wood', 'garden', 'pitch', 'cemetery'),
      },
    ],
    water: {
      layer: 'water',
      filter: ['==', ['geometry-type'], 'Polygon'],
    },
    waterway: {
      layer: 'water',
      filter: ['==', ['geometry-type'], 'LineString'],
    },
    rail: {
      layer: 'roads',
      filter: ['==', get('kind'), 'rail'],
    },
    street: {
      layer: 'roads',
      filter: ['!', is('kind', 'rail', 'ferry', 'aerialway', 'aeroway')],
    },
    building: {
      layer: 'buildings',
      filter: ['==', get('kind'), 'building'],
    },
    streetRank: [
      'match',
      get('kind_detail'),
      ['motorway', 'trunk'],
      0,
      'primary',
      1,
      'secondary',
      2,
      'tertiary',
      3,
      ['residential', 'unclassified', 'living_street'],
      4,
      ['service', 'track', 'pedestrian'],
      5,
      6,
    ],
    bridge: ['==', ['to-boolean', get('is_bridge')], true],
    tunnel: ['==', ['to-boolean', get('is_tunnel')], true],
    stairs: ['==', get('kind_detail'), 'steps'],
    home: ['literal', false] as unknown as Expression,
    name: anyName,
    streetNames: {
      layer: 'roads',
      filter: ['has', 'name'],
    },
    waterNames: {
      layer: 'water',
      filter: ['all', ['has', 'name'], ['==', ['geometry-type'], 'Point']],
    },
    placeNames: {
      layer: 'pois',
      filter: ['<=', ['coalesce', get('min_zoom'), 99], 15],
    },
  },
}

/** A filter of all the given conditions that are there. */
export function all(...conditions: (Expression | undefined)[]): FilterSpecification {
  return [
    'all',
    ...conditions.filter(one => one !== undefined),
  ] as unknown as FilterSpecification
}
