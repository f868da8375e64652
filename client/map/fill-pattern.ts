import type { MapImage } from './map-layer.ts'
import type { Canvas } from './symbols/draw-sign.ts'
import { mapImage } from './draw-image.ts'

export type Pattern = 'dots' | 'diagonal' | 'horizontal' | 'cross'

const tile = 16

/** A seamless tile of dots or lines for `fill-pattern`, as large as the map's signs are. */
export function patternImage(pattern: Pattern, colour: string, scale: number): MapImage {
  return mapImage(tile * scale, (canvas) => {
    canvas.scale(scale, scale)
    drawPattern(canvas, pattern, colour, tile, tile)
  })
}

/** Fills a rectangle from the origin with a pattern; the same drawing serves the map and its legend. */
export function drawPattern(canvas: Canvas, pattern: Pattern, colour: string, width: number, height: number): void {
  canvas.fillStyle = canvas.strokeStyle = colour
  canvas.lineWidth = 1.25
  canvas.beginPath()
  if (pattern === 'dots') {
    for (let y = 4; y < height; y += 8) {
      for (let x = y % 16 === 4
        ? 4
        : 12; x < width; x += 16) {
        canvas.moveTo(x + 1.4, y)
        canvas.arc(x, y, 1.4, 0, 2 * Math.PI)
      }
    }
    canvas.fill()
    return
  }
  if (pattern === 'horizontal') {
    for (let y = 4; y < height; y += 8) {
      canvas.moveTo(0, y)
      canvas.lineTo(width, y)
    }
  }
  else {
    for (let x = -height; x < width + height; x += 8) {
      canvas.moveTo(x, height)
      canvas.lineTo(x + height, 0)
      if (pattern === 'cross') {
        canvas.moveTo(x, 0)
        canvas.lineTo(x + height, height)
      }
    }
  }
  canvas.stroke()
}
