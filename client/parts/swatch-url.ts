import type { Pattern } from '../map/fill-pattern.ts'
import { drawPattern } from '../map/fill-pattern.ts'
import { drawRing } from '../map/layers/renovation.ts'
import { heatOpacity } from '../map/layers/zone-heat.ts'
import { palettes } from '../map/palette.ts'

export type Swatch = Pattern | 'outline' | 'reach' | 'gap' | 'ring' | 'heat'

const width = 34
const height = 18
const made = new Map<Swatch, string>()

/** A small piece of an area overlay for a legend, drawn by the same code as on the map. */
export function swatchUrl(swatch: Swatch): string {
  const known = made.get(swatch)
  if (known)
    return known
  const element = document.createElement('canvas')
  const ratio = 3
  element.width = width * ratio
  element.height = height * ratio
  const canvas = element.getContext('2d')!
  canvas.scale(ratio, ratio)
  draw(canvas, swatch)
  const url = element.toDataURL()
  made.set(swatch, url)
  return url
}

function draw(canvas: CanvasRenderingContext2D, swatch: Swatch): void {
  const { cover, gap, renovation } = palettes.dark
  if (swatch === 'ring') {
    drawRing(canvas, [width / 2, height / 2], height / 2 - 2, 0.6, palettes.dark)
    return
  }
  if (swatch === 'heat') {
    const shade = canvas.createLinearGradient(0, 0, width, 0)
    shade.addColorStop(0, 'transparent')
    shade.addColorStop(1, palettes.dark.accent)
    canvas.globalAlpha = heatOpacity
    canvas.fillStyle = shade
    canvas.fillRect(0, 0, width, height)
    return
  }
  const colour = swatch === 'reach'
    ? cover
    : swatch === 'gap'
      ? gap
      : renovation
  if (swatch === 'reach' || swatch === 'gap') {
    canvas.globalAlpha = swatch === 'reach'
      ? 0.24
      : 0.62
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, width, height)
    canvas.globalAlpha = 1
  }
  else if (swatch !== 'outline') {
    drawPattern(canvas, swatch, colour, width, height)
  }
  canvas.lineWidth = swatch === 'gap'
    ? 1
    : 1.6
  canvas.strokeStyle = colour
  canvas.strokeRect(0.8, 0.8, width - 1.6, height - 1.6)
}
