import type { Theme } from '../palette.ts'
import { drawCount, drawSign } from '../symbols/draw-sign.ts'
import { caseKinds } from '../symbols/kinds.ts'
import { bodies, stages } from './point-buffer.ts'

/** Every sign drawn once: bodies with their character, bodies without, badges 2 to 99 and 99+. Sizes in atlas pixels. */
export interface SignAtlas {
  canvas: OffscreenCanvas
  body: { size: number, columns: number }
  badge: { width: number, height: number, columns: number, top: number }
  /** Radius at which signs were drawn. */
  radius: number
}

/** Half of a body's cell and of a badge's, in radii. The shaders know them too. */
export const bodyReach = 1.7
export const badgeReach: readonly [number, number] = [1.3, 0.8]
export const badges = 99

const width = 2048

export function signAtlas(radius: number, theme: Theme): SignAtlas {
  const body = {
    size: Math.ceil(2 * bodyReach * radius),
    columns: 0,
  }
  body.columns = Math.floor(width / body.size)
  const bodyRows = Math.ceil(2 * bodies / body.columns)
  const badge = {
    width: Math.ceil(2 * badgeReach[0] * radius),
    height: Math.ceil(2 * badgeReach[1] * radius),
    columns: 0,
    top: bodyRows * body.size,
  }
  badge.columns = Math.floor(width / badge.width)
  const badgeRows = Math.ceil(badges / badge.columns)

  const canvas = new OffscreenCanvas(width, badge.top + badgeRows * badge.height)
  const context = canvas.getContext('2d')!
  for (let cell = 0; cell < 2 * bodies; cell++) {
    const x = (cell % body.columns + 0.5) * body.size
    const y = (Math.floor(cell / body.columns) + 0.5) * body.size
    const sign = cell % bodies
    const kind = caseKinds[Math.floor(sign / stages.length)]!
    const stage = stages[sign % stages.length]!
    drawSign(context, x, y, radius, kind, stage, { theme, character: cell < bodies })
  }
  for (let cell = 0; cell < badges; cell++) {
    const x = (cell % badge.columns + 0.5) * badge.width
    const y = badge.top + (Math.floor(cell / badge.columns) + 0.5) * badge.height
    drawCount(context, x, y, radius, cell + 2, theme)
  }
  return { canvas, body, badge, radius }
}
