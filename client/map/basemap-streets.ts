/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { ExpressionSpecification, LayerSpecification, LineLayerSpecification } from 'maplibre-gl'
import type { BasemapSchema } from './basemap-schemas.ts'
import type { Look } from './palette.ts'
import { basemapPalettes } from './basemap-palette.ts'
import { all } from './basemap-schemas.ts'

type Expression = ExpressionSpecification

/** Widths in pixels by rank at zoom 11, 14 and 18. */
const widths: readonly (readonly [far: number, middle: number, near: number])[] = [
  [1.8, 4, 22],
  [1.5, 3.6, 20],
  [1.1, 2.8, 15],
  [0.8, 2.2, 12],
  [0.5, 1.6, 8],
  [0.3, 1.1, 5],
  [0.2, 0.7, 2.2],
]
const casing = [0.8, 1.4, 2.4] as const
const footpath = 6

/** Streets in drawing order: tunnels, casings, surfaces, footpaths, railway, what stands between (buildings), bridges over all of it. */
export function basemapStreets(schema: BasemapSchema, look: Look, between: LayerSpecification[]): LayerSpecification[] {
  const colours = basemapPalettes[look.theme]
  const ranked = ['<', schema.streetRank, footpath] as Expression
  const ground: Expression = ['all', ['!', schema.bridge], ['!', schema.tunnel]]

  const street = (id: string, where: Expression, paint: LineLayerSpecification['paint'], minzoom = 0, cap: 'round' | 'butt' = 'round'): LineLayerSpecification => ({
    id,
    'type': 'line',
    'source': 'basemap',
    'source-layer': schema.street.layer,
    minzoom,
    'filter': all(schema.street.filter, where),
    'layout': {
      'line-cap': cap,
      'line-join': 'round',
      'line-sort-key': ['-', footpath, schema.streetRank],
    },
    paint,
  })
  const rail = (id: string, paint: LineLayerSpecification['paint']): LineLayerSpecification => ({
    id,
    'type': 'line',
    'source': 'basemap',
    'source-layer': schema.rail.layer,
    'filter': all(schema.rail.filter, ['==', ['geometry-type'], 'LineString']),
    paint,
  })

  const colour = byRank(schema, colours.street)
  const width = byZoom(look, rank => widths[rank]!, schema)
  const wide = byZoom(look, rank => widths[rank]!.map((value, i) => value + casing[i]!), schema)
  return [
    street('tunnel-casing', ['all', schema.tunnel, ranked], {
      'line-color': colours.bridgeCasing,
      'line-width': wide,
      'line-dasharray': [1.2, 0.8],
      'line-opacity': 0.55,
    }, 14, 'butt'),
    street('tunnel', ['all', schema.tunnel, ranked], { 'line-color': colour, 'line-width': width, 'line-opacity': 0.6 }, 13, 'butt'),
    street('street-casing', ['all', ground, ranked], { 'line-color': colours.casing, 'line-width': wide }, 13),
    street('street', ['all', ground, ranked], { 'line-color': colour, 'line-width': width }),
    street('footpath', ['all', ['!', schema.tunnel], ['>=', schema.streetRank, footpath], ['!', schema.stairs]], {
      'line-color': colours.street[footpath],
      'line-width': width,
      'line-dasharray': [2.4, 1.4],
    }, 15.4, 'butt'),
    street('stairs', ['all', ['!', schema.tunnel], schema.stairs], {
      'line-color': colours.labelSoft,
      'line-width': times(width, 1.6),
      'line-dasharray': [0.4, 0.4],
    }, 15.8, 'butt'),
    rail('rail', {
      'line-color': colours.rail,
      'line-width': by(look, 1.2, 2, 4.4),
    }),
    rail('rail-sleepers', {
      'line-color': colours.railGap,
      'line-width': by(look, 0.5, 0.9, 2.6),
      'line-dasharray': [5, 5],
    }),
    ...between,
    street('bridge-casing', ['all', schema.bridge, ranked], { 'line-color': colours.bridgeCasing, 'line-width': wide }, 14, 'butt'),
    street('bridge', ['all', schema.bridge, ranked], { 'line-color': colour, 'line-width': width }, 13),
  ]
}

function byRank<T extends string | number>(schema: BasemapSchema, values: readonly T[]): Expression {
  return [
    'match',
    schema.streetRank,
    ...values.slice(0, footpath).flatMap((value, rank) => [rank, value]),
    values[footpath]!,
  ] as unknown as Expression
}

function byZoom(look: Look, widthsOf: (rank: number) => readonly number[], schema: BasemapSchema): Expression {
  const at = (stop: number) => byRank(schema, widths.map((_, rank) => widthsOf(rank)[stop]! * look.scale))
  return ['interpolate', ['exponential', 1.6], ['zoom'], 11, at(0), 14, at(1), 18, at(2)] as unknown as Expression
}

function by(look: Look, far: number, middle: number, near: number): Expression {
  return ['interpolate', ['exponential', 1.6], ['zoom'], 11, far * look.scale, 14, middle * look.scale, 18, near * look.scale]
}

/** A zoom expression must stay outermost: scale its outputs. */
function times(expression: Expression, factor: number): Expression {
  const [operator, curve, input, ...stops] = expression as unknown as [string, unknown, unknown, ...unknown[]]
  return [
    operator,
    curve,
    input,
    ...stops.map((value, i) => i % 2
      ? ['*', factor, value]
      : value),
  ] as unknown as Expression
}
