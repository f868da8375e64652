/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { OfficerFeature } from '#contract/places.ts'
import type { LayerContext, MapImage, MapLayer, PlacedLayer } from '../map-layer.ts'
import type { OfficerSign } from '../symbols/draw-officer.ts'
import { mapImage } from '../draw-image.ts'
import { labelFonts, palettes } from '../palette.ts'
import { drawOfficer } from '../symbols/draw-officer.ts'

/** A position older than this is shown grey, with its age; and after the other not at all. */
export const staleAfterMs = 2 * 60_000
export const goneAfterMs = 15 * 60_000

/**
 * Grid workers on duty: a disc with the surname; grey and dashed where nobody knows any more whether they are still there. Who gets no
 * names, as a screen on the wall, sees smaller discs without.
 */
export const officersLayer: MapLayer<OfficerFeature> = { id: 'officers', layers, images, toGeoJson }

function layers({ look, emphasis }: LayerContext): PlacedLayer[] {
  const { theme, scale, screen } = look
  const palette = palettes[theme]
  const isWall = screen === 'wall'
  const size = isWall ? 14 : 12.5
  // A wall always shows the whole subdistrict, however small it is on it.
  const growing = (full: number) => isWall
    ? full
    : ['interpolate', ['linear'], ['zoom'], 13, 0.7 * full, 15, full] as never
  const opacity = Math.min(1, 0.4 + 0.6 * emphasis)
  const sign: PlacedLayer = {
    id: 'officers-sign',
    slot: 'officers',
    type: 'symbol',
    minzoom: isWall ? 0 : 13,
    layout: {
      'icon-image': ['concat', 'officer-', ['get', 'state'], ['case', ['==', ['get', 'surname'], ''], '-nameless', ''], suffix(look)],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'icon-size': growing(1),
      'text-field': ['get', 'surname'],
      'text-font': labelFonts,
      'text-size': growing(size * scale),
      'text-allow-overlap': true,
      'text-ignore-placement': true,
      'symbol-sort-key': ['match', ['get', 'state'], 'stale', 0, 1],
    },
    paint: {
      'icon-opacity': opacity,
      'text-color': ['match', ['get', 'state'], 'stale', palette.text, palette.ground],
      'text-opacity': opacity,
    },
  }
  // On a wall grey says enough: how many minutes nobody reads from the back, and between the pins there is no room.
  return isWall
    ? [sign]
    : [sign, {
        id: 'officers-age',
        slot: 'officers',
        type: 'symbol',
        minzoom: 14,
        filter: ['!=', ['get', 'age'], ''],
        layout: {
          'text-field': ['get', 'age'],
          'text-font': labelFonts,
          'text-size': 0.9 * size * scale,
          'text-offset': [0, 1.9],
          'text-optional': true,
        },
        paint: {
          'text-color': palette.text,
          'text-halo-color': palette.ground,
          'text-halo-width': 1.5 * scale,
        },
      }]
}

function images({ look }: LayerContext): Record<string, MapImage> {
  const { theme, scale, screen } = look
  const disc = (radius: number, sign: OfficerSign) =>
    mapImage(radius * 2.8, canvas => drawOfficer(canvas, radius * 1.4, radius * 1.4, radius, sign, theme))
  const [named, nameless] = [
    (screen === 'wall' ? 12 : 11) * scale,
    (screen === 'wall' ? 8 : 7) * scale,
  ]
  return Object.fromEntries((['fresh', 'stale'] as const).flatMap(sign => [
    [`officer-${sign}${suffix(look)}`, disc(named, sign)],
    [`officer-${sign}-nameless${suffix(look)}`, disc(nameless, sign)],
  ]))
}

function suffix({ theme, scale, screen }: LayerContext['look']): string {
  return ` ${theme} ${screen} ${scale.toFixed(3)}`
}

function toGeoJson(officers: readonly OfficerFeature[], { now, translate }: LayerContext): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    features: officers.filter(({ properties, geometry }) => geometry && properties.duty === 'on' && !isOlder(properties.seenAt, now, goneAfterMs)).map(({ id, properties, geometry }) => ({
      type: 'Feature',
      properties: {
        id,
        surname: surnameOf(properties.name),
        ...isOlder(properties.seenAt, now, staleAfterMs)
          ? { state: 'stale', age: properties.seenAt && now > 0 ? translate('common.map.minutesOld', { n: Math.floor((now - Date.parse(properties.seenAt)) / 60_000) }) : '' }
          : { state: 'fresh', age: '' },
      },
      geometry: geometry!,
    })),
  }
}

/** What nobody knows the age of is old. */
function isOlder(seenAt: string | null, now: number, ms: number): boolean {
  return !seenAt || (now > 0 && now - Date.parse(seenAt) > ms)
}

/** 欧阳 and its like have two characters; a Latin name gives its initial; who gets no names gets none. */
function surnameOf(name: string): string {
  const compound = ['欧阳', '司马', '上官', '诸葛', '司徒', '东方', '皇甫', '尉迟', '公孙', '慕容', '令狐', '夏侯', '轩辕', '长孙', '宇文', '端木']
  return compound.find(surname => name.startsWith(surname)) ?? [...name.trim()][0] ?? ''
}
