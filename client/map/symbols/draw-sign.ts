import type { CaseKind, CaseStage } from '#contract/case.ts'
import type { Palette, Theme } from '../palette.ts'
import type { Shape } from './shapes.ts'
import { figureFonts, palettes, signFonts } from '../palette.ts'
import { kindSigns } from './kinds.ts'
import { characterBox, traceShape } from './shapes.ts'

type Canvas = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D
export type { Canvas }

export interface SignOptions {
  theme?: Theme
  /** Without its character a sign still tells kind (shape) and stage; small ones do without. */
  character?: boolean
  mark?: boolean
}

/** Time left: none of it pressing, due within two hours (dashed), overdue (solid). */
export type Ring = 0 | 1 | 2

/** Draws the sign of a case around (x, y): shape and character by kind, colour, fill and corner mark by stage. `radius` in pixels. */
export function drawSign(canvas: Canvas, x: number, y: number, radius: number, kind: CaseKind, stage: CaseStage, options: SignOptions = {}): void {
  const palette = palettes[options.theme ?? 'dark']
  const { shape, character } = kindSigns[kind]
  const filled = stage === 'waiting' || stage === 'working'
  const colour = palette.stage[stage]
  drawBody(canvas, x, y, radius, shape, palette, filled
    ? { fill: colour }
    : {
        stroke: colour,
        width: stage === 'done'
          ? 0.11
          : 0.17,
      })
  if (options.character !== false)
    drawCharacter(canvas, x, y, radius, shape, character, filled ? palette.onFill : colour)
  if (options.mark !== false && options.character !== false)
    drawStageMark(canvas, x + radius * 0.97, y + radius * 0.97, radius * 0.41, stage, palette)
}

/** The filled sign of a facility or worksite: `character` on `fill`. */
export function drawPlaceSign(canvas: Canvas, x: number, y: number, radius: number, shape: Shape, fill: string, character: string, theme: Theme = 'dark'): void {
  const palette = palettes[theme]
  drawBody(canvas, x, y, radius, shape, palette, { fill })
  drawCharacter(canvas, x, y, radius, shape, character, palette.onFill)
}

/** The ring of time: dashed within two hours, solid with a tint once overdue. Nothing for 0. */
export function drawRing(canvas: Canvas, x: number, y: number, radius: number, ring: Ring, theme: Theme = 'dark'): void {
  if (ring === 0)
    return
  canvas.save()
  canvas.strokeStyle = canvas.fillStyle = palettes[theme].late
  canvas.lineWidth = radius * (ring === 2
    ? 0.22
    : 0.16)
  canvas.setLineDash(ring === 1
    ? [radius * 0.36, radius * 0.24]
    : [])
  canvas.beginPath()
  canvas.arc(x, y, radius * 1.72, 0, 2 * Math.PI)
  canvas.stroke()
  if (ring === 2) {
    canvas.globalAlpha = 0.16
    canvas.fill()
  }
  canvas.restore()
}

/** The white badge with the number of cases that stand behind a sign, centred on (x, y). */
export function drawCount(canvas: Canvas, x: number, y: number, radius: number, count: number, theme: Theme = 'dark'): void {
  const palette = palettes[theme]
  const text = count > 99
    ? '99+'
    : String(count)
  const size = radius * 1.02
  const half = size * 0.62
  const extra = (text.length - 1) * size * 0.21
  canvas.beginPath()
  canvas.roundRect(x - half - extra, y - half, 2 * (half + extra), 2 * half, half)
  canvas.fillStyle = palette.text
  canvas.fill()
  canvas.lineWidth = radius * 0.12
  canvas.strokeStyle = palette.ground
  canvas.stroke()
  canvas.fillStyle = palette.ground
  canvas.font = `600 ${size}px ${figureFonts}`
  canvas.textAlign = 'center'
  canvas.textBaseline = 'middle'
  canvas.fillText(text, x, y + size * 0.06)
}

function drawBody(canvas: Canvas, x: number, y: number, radius: number, shape: Shape, palette: Palette, paint: { fill: string } | { stroke: string, width: number }): void {
  canvas.lineJoin = 'round'
  traceShape(canvas, shape, x, y, radius)
  // A rim in the ground colour parts the sign from whatever it lies on.
  canvas.lineWidth = radius * 0.34
  canvas.strokeStyle = palette.ground
  canvas.stroke()
  canvas.fillStyle = 'fill' in paint
    ? paint.fill
    : palette.ground
  canvas.fill()
  if ('stroke' in paint) {
    canvas.lineWidth = radius * paint.width
    canvas.strokeStyle = paint.stroke
    canvas.stroke()
  }
}

function drawCharacter(canvas: Canvas, x: number, y: number, radius: number, shape: Shape, character: string, colour: string): void {
  const { dy, size } = characterBox(shape)
  canvas.fillStyle = colour
  canvas.font = character === '¥'
    ? `600 ${radius * size * 1.2}px ${figureFonts}`
    : `700 ${radius * size}px ${signFonts}`
  canvas.textAlign = 'center'
  canvas.textBaseline = 'middle'
  canvas.fillText(character, x, y + radius * (dy + 0.06))
}

/** What repeats the stage without colour: ▶ is being worked on, ● waits for the call-back, ✓ is over; nobody has it yet = no mark. */
function drawStageMark(canvas: Canvas, x: number, y: number, radius: number, stage: CaseStage, palette: Palette): void {
  if (stage === 'waiting')
    return
  canvas.beginPath()
  canvas.arc(x, y, radius, 0, 2 * Math.PI)
  canvas.fillStyle = palette.ground
  canvas.fill()
  canvas.lineWidth = radius * 0.26
  canvas.strokeStyle = canvas.fillStyle = palette.stage[stage]
  canvas.stroke()
  canvas.beginPath()
  if (stage === 'working') {
    canvas.moveTo(x - radius * 0.34, y - radius * 0.5)
    canvas.lineTo(x + radius * 0.56, y)
    canvas.lineTo(x - radius * 0.34, y + radius * 0.5)
    canvas.fill()
  }
  else if (stage === 'review') {
    canvas.arc(x, y, radius * 0.38, 0, 2 * Math.PI)
    canvas.fill()
  }
  else {
    canvas.lineWidth = radius * 0.34
    canvas.moveTo(x - radius * 0.45, y)
    canvas.lineTo(x - radius * 0.08, y + radius * 0.4)
    canvas.lineTo(x + radius * 0.5, y - radius * 0.38)
    canvas.stroke()
  }
}
