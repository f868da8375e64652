import type { Theme } from '../palette.ts'
import type { Canvas } from './draw-sign.ts'
import { palettes } from '../palette.ts'

/** stale: nobody knows any more whether he is still there. */
export type OfficerSign = 'fresh' | 'stale'

/** A disc for a grid worker on duty; grey and dashed when it is old. Two thirds of its radius is free around it. */
export function drawOfficer(canvas: Canvas, x: number, y: number, radius: number, sign: OfficerSign, theme: Theme): void {
  const palette = palettes[theme]
  canvas.beginPath()
  canvas.arc(x, y, radius * 1.22, 0, 2 * Math.PI)
  canvas.fillStyle = palette.ground
  canvas.fill()
  canvas.beginPath()
  canvas.arc(x, y, radius, 0, 2 * Math.PI)
  canvas.fillStyle = sign === 'fresh'
    ? palette.text
    : theme === 'dark'
      ? '#3B4B56'
      : '#8A97A0'
  canvas.fill()
  canvas.setLineDash(sign === 'fresh'
    ? []
    : [radius * 0.34, radius * 0.26])
  canvas.lineWidth = radius * 0.145
  canvas.strokeStyle = sign === 'fresh'
    ? palette.text
    : palette.textSoft
  canvas.stroke()
  canvas.setLineDash([])
}
