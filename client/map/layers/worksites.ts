/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Worksite, WorksiteFeature } from '#contract/places.ts'
import type { LayerContext, MapImage, MapLayer, PlacedLayer } from '../map-layer.ts'
import { mapImage } from '../draw-image.ts'
import { labelFonts, palettes, signFonts } from '../palette.ts'
import { drawPlaceSign } from '../symbols/draw-sign.ts'
import { traceShape } from '../symbols/shapes.ts'

const warnings = ['none', 'yellow', 'red', 'clear'] as const

/** Worksites that owe wages: ¥ in a diamond with what is owed, to how many, for how long; warnings by outline and letter. */
export const worksitesLayer: MapLayer<WorksiteFeature> = { id: 'worksites', layers, images, toGeoJson }

function layers({ look, emphasis }: LayerContext): PlacedLayer[] {
  const { theme, scale, screen } = look
  const palette = palettes[theme]
  return [{
    id: 'worksites-sign',
    slot: 'worksites',
    type: 'symbol',
    layout: {
      'icon-image': ['concat', 'worksite-', ['get', 'warning'], suffix(look)],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.7, 14, Math.min(1.15, 0.85 + 0.15 * emphasis)],
      'icon-allow-overlap': true,
      'text-field': ['step', ['zoom'], '', screen === 'wall' ? 13 : 14.5, ['get', 'label']],
      'text-font': labelFonts,
      'text-size': (screen === 'wall' ? 17 : 13) * scale,
      'text-line-height': 1.25,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-justify': 'auto',
      'text-radial-offset': 1.35,
      'text-optional': true,
      'text-max-width': 20,
      'symbol-sort-key': ['-', ['get', 'owedYuan']],
    },
    paint: {
      'icon-opacity': ['match', ['get', 'warning'], 'clear', Math.min(0.75, 0.6 * emphasis), Math.min(1, 0.55 + 0.45 * emphasis)],
      'text-color': palette.wages,
      'text-opacity': Math.min(1, 0.55 + 0.45 * emphasis),
      'text-halo-color': palette.ground,
      'text-halo-width': 2.2 * scale,
    },
  }]
}

function images({ look, translate }: LayerContext): Record<string, MapImage> {
  const { theme, scale } = look
  const palette = palettes[theme]
  const radius = 15 * scale
  const width = radius * 3.8
  return Object.fromEntries(warnings.map(warning => [`worksite-${warning}${suffix(look)}`, mapImage(width, (canvas) => {
    const centre = width / 2
    if (warning === 'clear') {
      drawPlaceSign(canvas, centre, centre, radius * 0.72, 'diamond', palette.textSoft, '¥', theme)
      return
    }
    if (warning !== 'none') {
      // Red is a closed outline, yellow a broken one: told apart without colour.
      traceShape(canvas, 'diamond', centre, centre, radius * 1.38)
      canvas.setLineDash(warning === 'yellow' ? [radius * 0.42, radius * 0.26] : [])
      canvas.lineWidth = radius * 0.16
      canvas.strokeStyle = warning === 'red' ? palette.warningRed : palette.warningYellow
      canvas.stroke()
      canvas.setLineDash([])
    }
    drawPlaceSign(canvas, centre, centre, radius, 'diamond', palette.wages, '¥', theme)
    if (warning !== 'none')
      drawFlag(canvas, centre + radius * 0.98, centre - radius * 0.98, radius, translate(`map.warning.${warning}`), warning === 'red' ? palette.warningRed : palette.warningYellow, palette)
  })]))
}

function drawFlag(canvas: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D, x: number, y: number, radius: number, letter: string, colour: string, { ground, onFill }: { ground: string, onFill: string }): void {
  const half = radius * 0.66
  canvas.beginPath()
  canvas.roundRect(x - half, y - half, 2 * half, 2 * half, half * 0.3)
  canvas.fillStyle = colour
  canvas.fill()
  canvas.lineWidth = radius * 0.13
  canvas.strokeStyle = ground
  canvas.stroke()
  canvas.fillStyle = onFill
  canvas.font = `700 ${half * 1.5}px ${signFonts}`
  canvas.textAlign = 'center'
  canvas.textBaseline = 'middle'
  canvas.fillText(letter, x, y + half * 0.08)
}

function suffix({ theme, scale }: LayerContext['look']): string {
  return ` ${theme} ${scale.toFixed(3)}`
}

function toGeoJson(worksites: readonly WorksiteFeature[], context: LayerContext): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    features: worksites.map(({ id, properties, geometry }) => ({
      type: 'Feature',
      properties: {
        id,
        owedYuan: properties.owedYuan,
        warning: properties.owedYuan > 0 || properties.warning !== 'none' ? properties.warning : 'clear',
        label: labelOf(properties, context),
      },
      geometry,
    })),
  }
}

function labelOf({ owedYuan, owedPeople, owedSince }: Worksite, { translate, now }: LayerContext): string {
  if (owedYuan === 0)
    return ''
  const owed = translate('map.worksite.owed', { amount: tenThousands(owedYuan) })
  if (owedPeople === 0)
    return owed
  const days = owedSince && now ? Math.max(0, Math.floor((now - Date.parse(`${owedSince}T00:00:00+08:00`)) / 86_400_000)) : null
  const people = days === null ? translate('map.worksite.peopleOnly', { people: owedPeople }) : translate('map.worksite.people', { people: owedPeople, days })
  return `${owed}\n${people}`
}

function tenThousands(yuan: number): string {
  const value = yuan / 10_000
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '')
}
