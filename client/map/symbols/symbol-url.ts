import type { CaseKind, CaseStage } from '#contract/case.ts'
import type { Theme } from '../palette.ts'
import type { Canvas, Ring, SignOptions } from './draw-sign.ts'
import type { OfficerSign } from './draw-officer.ts'
import type { Shape } from './shapes.ts'
import type { WorksiteSign } from './draw-worksite.ts'
import { drawOfficer } from './draw-officer.ts'
import { drawCount, drawPlaceSign, drawRing, drawSign } from './draw-sign.ts'
import { drawWorksite } from './draw-worksite.ts'

export interface SymbolOptions extends SignOptions {
  /** Radius of the shape in CSS pixels; the picture is 4.2 × as wide, so that ring and badge fit. */
  radius?: number
  ring?: Ring
  count?: number
}

const pixelRatio = 3
const cache = new Map<string, string>()

/** The sign of a case as a data URL, for legends and lists: the same drawing as on the map. */
export function symbolUrl(kind: CaseKind, stage: CaseStage, options: SymbolOptions = {}): string {
  const { radius = 15, ring = 0, count = 1, theme = 'dark' } = options
  return cached(`${kind} ${stage} ${JSON.stringify(options)}`, radius * 4.2, (canvas, centre) => {
    drawRing(canvas, centre, centre, radius, ring, theme)
    drawSign(canvas, centre, centre, radius, kind, stage, options)
    if (count > 1)
      drawCount(canvas, centre + radius * 1.05, centre - radius, radius, count, theme)
  })
}

/** The sign of a facility or a worksite, as in `drawPlaceSign`. */
export function placeSymbolUrl(shape: Shape, fill: string, character: string, options: { radius?: number, theme?: Theme } = {}): string {
  const { radius = 15, theme = 'dark' } = options
  return cached(`${shape} ${fill} ${character} ${radius} ${theme}`, radius * 3.2, (canvas, centre) =>
    drawPlaceSign(canvas, centre, centre, radius, shape, fill, character, theme))
}

/** A worksite's sign, as in `drawWorksite`; the picture is always as wide as one with its ring at the usual size. */
export function worksiteSymbolUrl(sign: WorksiteSign, options: { radius?: number, size?: number } = {}): string {
  const { radius = 15, size = 1 } = options
  return cached(`worksite ${JSON.stringify(sign)} ${radius} ${size}`, radius * 4.2, (canvas, centre) =>
    drawWorksite(canvas, centre, centre, radius * size, sign))
}

/** A grid worker on duty, as in `drawOfficer`. */
export function officerSymbolUrl(sign: OfficerSign, { radius = 8, theme = 'dark' }: { radius?: number, theme?: Theme } = {}): string {
  return cached(`officer ${sign} ${radius} ${theme}`, 42, (canvas, centre) => drawOfficer(canvas, centre, centre, radius, sign, theme))
}

function cached(key: string, width: number, draw: (canvas: Canvas, centre: number) => void): string {
  const known = cache.get(key)
  if (known)
    return known
  const element = document.createElement('canvas')
  element.width = element.height = Math.ceil(width) * pixelRatio
  const canvas = element.getContext('2d')!
  canvas.scale(pixelRatio, pixelRatio)
  draw(canvas, Math.ceil(width) / 2)
  const url = element.toDataURL()
  // Drawn before the figures' font is there, a badge shows another font: do not keep that one.
  if (document.fonts.check('600 16px "HZ Num"'))
    cache.set(key, url)
  return url
}
