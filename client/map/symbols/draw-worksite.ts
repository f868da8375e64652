import type { Worksite } from '#contract/places.ts'
import type { Palette, Theme } from '../palette.ts'
import type { Canvas } from './draw-sign.ts'
import { palettes, signFonts } from '../palette.ts'
import { drawPlaceSign } from './draw-sign.ts'
import { traceShape } from './shapes.ts'

/** How a worksite stands; `clear` owes nothing and is not warned of. */
export type WorksiteState = Worksite['warning'] | 'clear'

export interface WorksiteSign {
  state: WorksiteState
  /** An open legal dispute: a double ring. */
  dispute?: boolean
  /** Of the warning, as one letter. */
  letter: string
  theme?: Theme
}

/** How far a sign reaches from its middle, in radii. */
export function worksiteReach(dispute: boolean): number {
  return dispute
    ? 2.05
    : 1.5
}

/** Half as wide as a picture has to be that holds the sign and its flag, in radii: no wider, for each costs what it covers. */
export function worksiteExtent(state: WorksiteState, dispute: boolean): number {
  if (dispute)
    return 2.1
  return state === 'clear'
    ? 1.15
    : state === 'none'
      ? 1.45
      : 1.8
}

/**
 * A worksite: ¥ in a diamond. A red warning is a closed octagon with its letter on a filled flag, a yellow one a broken diamond with
 * its letter on a hollow one: told apart by shape, line and letter, without colour too.
 */
export function drawWorksite(canvas: Canvas, x: number, y: number, radius: number, { state, dispute = false, letter, theme = 'dark' }: WorksiteSign): void {
  const palette = palettes[theme]
  if (dispute)
    drawDispute(canvas, x, y, radius, palette)
  if (state === 'clear') {
    drawPlaceSign(canvas, x, y, radius * 0.72, 'diamond', palette.textSoft, '¥', theme)
    return
  }
  const colour = state === 'red'
    ? palette.warningRed
    : palette.warningYellow
  if (state !== 'none') {
    traceShape(canvas, state === 'red'
      ? 'octagon'
      : 'diamond', x, y, radius * 1.38)
    canvas.setLineDash(state === 'yellow'
      ? [radius * 0.42, radius * 0.26]
      : [])
    canvas.lineWidth = radius * 0.17
    canvas.strokeStyle = colour
    canvas.stroke()
    canvas.setLineDash([])
  }
  drawPlaceSign(canvas, x, y, radius, 'diamond', palette.wages, '¥', theme)
  if (state !== 'none')
    drawFlag(canvas, x + radius * 1.02, y - radius * 1.02, radius, { letter, colour, hollow: state === 'yellow' }, palette)
}

/** Two thin lines around it: no ring of a case's time looks like it. */
function drawDispute(canvas: Canvas, x: number, y: number, radius: number, palette: Palette): void {
  const ring = (at: number, width: number, colour: string) => {
    canvas.beginPath()
    canvas.arc(x, y, radius * at, 0, 2 * Math.PI)
    canvas.lineWidth = radius * width
    canvas.strokeStyle = colour
    canvas.stroke()
  }
  ring(1.83, 0.44, palette.ground)
  ring(1.7, 0.11, palette.wages)
  ring(1.96, 0.11, palette.wages)
}

function drawFlag(canvas: Canvas, x: number, y: number, radius: number, { letter, colour, hollow }: { letter: string, colour: string, hollow: boolean }, { ground, onFill }: Palette): void {
  const half = radius * 0.66
  canvas.beginPath()
  canvas.roundRect(x - half, y - half, 2 * half, 2 * half, half * 0.3)
  canvas.fillStyle = hollow
    ? ground
    : colour
  canvas.fill()
  canvas.lineWidth = radius * 0.13
  canvas.strokeStyle = hollow
    ? colour
    : ground
  canvas.stroke()
  canvas.fillStyle = hollow
    ? colour
    : onFill
  canvas.font = `700 ${half * 1.5}px ${signFonts}`
  canvas.textAlign = 'center'
  canvas.textBaseline = 'middle'
  canvas.fillText(letter, x, y + half * 0.08)
}
