import type { MapConfig } from '#contract/map.ts'
import type { StyleSpecification } from 'maplibre-gl'
import type { MapLayer } from '../../client/map/map-layer.ts'
import type { Look } from '../../client/map/palette.ts'
import { readFileSync } from 'node:fs'
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { basemapPalettes } from '../../client/map/basemap-palette.ts'
import { basemapLayers, basemapSources } from '../../client/map/basemap-style.ts'
import { careLayer } from '../../client/map/layers/care.ts'
import { coverageLayer } from '../../client/map/layers/coverage.ts'
import { gapsLayer } from '../../client/map/layers/gaps.ts'
import { officersLayer } from '../../client/map/layers/officers.ts'
import { regionsLayer } from '../../client/map/layers/regions.ts'
import { renovationLayer } from '../../client/map/layers/renovation.ts'
import { phoneMarksLayer } from '../../client/map/layers/phone-marks.ts'
import { trackLayer } from '../../client/map/layers/track.ts'
import { routeLayer } from '../../client/map/layers/route.ts'
import { worksitesLayer } from '../../client/map/layers/worksites.ts'
import { zoneHeatLayer } from '../../client/map/layers/zone-heat.ts'
import { placedLayers, slotLayerId, slots } from '../../client/map/map-layer.ts'
import { palettes } from '../../client/map/palette.ts'
import { contrast } from '../world/contrast.ts'

const looks: Look[] = (['dark', 'light'] as const).flatMap(theme => (['wall', 'desk', 'phone'] as const).map(screen => ({ theme, screen, scale: 1.5 })))
const overlays = [
  careLayer,
  coverageLayer,
  gapsLayer,
  officersLayer,
  regionsLayer,
  renovationLayer,
  phoneMarksLayer,
  routeLayer,
  trackLayer,
  worksitesLayer,
  zoneHeatLayer,
] as unknown as MapLayer[]
function config(base: MapConfig['base']): MapConfig {
  return {
    version: 'v',
    bounds: [117, 36, 118, 37],
    view: null,
    base,
    attribution: '',
    demo: true,
    tianditu: {
      map: ['https://t0.example/{z}/{x}/{y}'],
      labels: ['https://t0.example/{z}/{x}/{y}'],
      attribution: '',
    },
  }
}
const bases: MapConfig['base'][] = [
  {
    kind: 'streets',
    tiles: 'https://centre.example/tiles/{z}/{x}/{y}.mvt?v=v',
    minzoom: 8,
    maxzoom: 16,
  },
  ...(['openmaptiles', 'protomaps'] as const).map(schema => ({
    kind: 'pmtiles' as const,
    url: 'https://centre.example/basemap.pmtiles',
    tiles: 'vector' as const,
    schema,
    minzoom: 0,
    maxzoom: 15,
  })),
  {
    kind: 'pmtiles',
    url: 'https://centre.example/basemap.pmtiles',
    tiles: 'raster',
    schema: 'huizhi',
    minzoom: 0,
    maxzoom: 15,
  },
]

it.each(bases)('the base map is a valid style in every look ($kind, $schema)', (base) => {
  for (const look of looks) {
    for (const chosen of ['own', 'tianditu'] as const) {
      expect(problems({
        version: 8,
        sources: basemapSources(config(base)),
        layers: basemapLayers(config(base), look, chosen),
      })).toEqual([])
    }
  }
})

it.each(overlays.map(layer => [layer.id, layer] as const))('the overlay %s is valid in every look and emphasis, and knows its slots', (_, layer) => {
  for (const look of looks) {
    for (const emphasis of [0, 0.45, 1, 1.6]) {
      const placed = placedLayers(layer, {
        look,
        emphasis,
        translate: key => key,
        now: 0,
      })
      expect(problems({
        version: 8,
        sources: {
          [layer.id]: {
            type: 'geojson',
            data: { type: 'FeatureCollection', features: [] },
          },
        },
        layers: placed.map(({ spec }) => spec),
      })).toEqual([])
      expect(placed.every(({ slot, spec }) => slots.includes(slot) && spec.id.startsWith(layer.id))).toBe(true)
    }
  }
})

it('the base map has every slot once, and the slots stand in the order in which things are drawn', () => {
  const ids = basemapLayers(config(bases[0]!), looks[0]!).map(({ id }) => id)
  expect(ids.filter(id => id.startsWith('slot-'))).toEqual(slots.map(slotLayerId))
  // What lies outside the subdistrict steps back with the reach on it, but its street names stay readable above the overlays.
  expect(ids.indexOf('street-names')).toBeGreaterThan(ids.indexOf('slot-outline'))
  expect(ids.indexOf('building')).toBeLessThan(ids.indexOf('slot-reach'))
})

describe('names on the map', () => {
  it.each(['dark', 'light'] as const)('stand out from everything that can lie under them (%s)', (theme) => {
    const colours = basemapPalettes[theme]
    const labels = [
      colours.label,
      colours.labelSoft,
      colours.community,
      palettes[theme].renovation,
      palettes[theme].wages,
      palettes[theme].coverText,
    ]
    for (const label of labels) {
      for (const ground of [
        colours.ground,
        colours.landuse,
        colours.green,
        colours.building,
        colours.home,
        colours.labelHalo,
      ])
        expect(contrast(label, ground), `${label} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      // On the broad surfaces of arterial roads a name has its dark rim as well.
      for (const street of colours.street)
        expect(contrast(label, street), `${label} on ${street}`).toBeGreaterThanOrEqual(3)
    }
  })
})

describe('the palette', () => {
  const css = readFileSync(new URL('../../client/styles/tokens.css', import.meta.url), 'utf8')
  const tokens = (selector: string) => Object.fromEntries([
    ...css.slice(css.indexOf(`${selector} {`)).split('}')[0]!.matchAll(/--([\w-]+): (#\w+);/g),
  ].map(([, name, value]) => [name, value]))

  it.each([
    ['dark', ':root'],
    ['light', '.light'],
  ] as const)('on the map is the same as on the panels (%s)', (theme, selector) => {
    const palette = palettes[theme]
    const token = tokens(selector)
    expect(palette.stage).toEqual({
      waiting: token['st-waiting'],
      working: token['st-working'],
      review: token['st-review'],
      done: token['st-done'],
    })
    expect([
      palette.accent,
      palette.late,
      palette.gap,
      palette.cover,
      palette.renovation,
      palette.wages,
      palette.onFill,
      palette.text,
      palette.textSoft,
    ])
      .toEqual([
        token.acc,
        token.late,
        token.gap,
        token.cover,
        token.reno,
        token.wage,
        token['on-fill'],
        token['tx-1'],
        token['tx-2'],
      ])
  })

  it.each(['dark', 'light'] as const)('lets characters on filled signs be read (%s)', (theme) => {
    const { stage, cover, wages, onFill, ground } = palettes[theme]
    for (const fill of [
      stage.waiting,
      stage.working,
      cover,
      wages,
    ])
      expect(contrast(onFill, fill), fill).toBeGreaterThanOrEqual(4.5)
    for (const line of [stage.review, stage.done])
      expect(contrast(line, ground), line).toBeGreaterThanOrEqual(4.5)
  })
})

function problems(style: StyleSpecification): string[] {
  return validateStyleMin(style).map(({ message }) => message)
}
