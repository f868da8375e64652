import type { MapImage } from './map-layer.ts'
import type { Canvas } from './symbols/draw-sign.ts'

/** A picture for the map: `draw` works in map pixels on a square of the given width; it is stored with twice as many. */
export function mapImage(width: number, draw: (canvas: Canvas) => void, height = width): MapImage {
  const pixelRatio = 2
  return {
    pixelRatio,
    draw() {
      const [columns, rows] = [
        Math.ceil(width * pixelRatio),
        Math.ceil(height * pixelRatio),
      ]
      const canvas = new OffscreenCanvas(columns, rows).getContext('2d')!
      canvas.scale(pixelRatio, pixelRatio)
      draw(canvas)
      return canvas.getImageData(0, 0, columns, rows)
    },
  }
}
