import type { CustomLayerInterface, Map as MapLibreMap } from 'maplibre-gl'
import type { Look } from '../palette.ts'
import type { LivePoint } from './live-point.ts'
import type { SignAtlas } from './sign-atlas.ts'
import { palettes } from '../palette.ts'
import { Card } from './card.ts'
import { pickPoints } from './pick-points.ts'
import { mercatorX, mercatorY, PointBuffer } from './point-buffer.ts'
import { pulseRound, pulseRounds } from './shaders.ts'
import { signAtlas } from './sign-atlas.ts'

export interface LivePoints {
  /** For `MapHandle.addCustomLayer`, which also brings it back after a lost context. */
  layer: CustomLayerInterface
  /** Replaces all points. */
  set: (points: Iterable<LivePoint>) => void
  /** Adds and changes some points and takes others away; costs what changed, not what is there. */
  update: (changed: Iterable<LivePoint>, removed?: Iterable<string>) => void
  /** What lies under a place on the canvas (CSS pixels), topmost first. */
  pick: (x: number, y: number) => string[]
  /** A ring runs out from the point three times; one that stands still for those who want less motion. */
  pulse: (id: string) => void
  /** Marks these points, and no others, with a ring in the text's colour. */
  select: (ids: Iterable<string>) => void
  setLook: (look: Pick<Look, 'scale' | 'theme'>) => void
  readonly count: number
}

/** Between two frames of a pulse, ms: a map in software need not be drawn sixty times a second for a ring. */
const pulseFrameMs = 40
/** Signs are drawn once at this size; a point's size (15.5 on a wall) comes close to it. */
const atlasRadius = 16

/** Live signs as one WebGL layer: one buffer, one draw call, and only changed points are written to the card. */
export function createLivePoints(look: Pick<Look, 'scale' | 'theme'>, id = 'live-points'): LivePoints {
  const points = new PointBuffer()
  const born = performance.now()
  const seconds = () => (performance.now() - born) / 1000
  const motion = matchMedia('(prefers-reduced-motion: reduce)')
  let map: MapLibreMap | null = null
  let card: Card | null = null
  let atlas: { key: string, value: SignAtlas } | null = null
  let pulsingUntil = 0
  let nextFrame: ReturnType<typeof setTimeout> | undefined
  let selected = new Set<string>()
  let view: { matrix: Float64Array, viewport: [number, number] } | null = null

  const repaint = () => map?.triggerRepaint()

  function atlasFor(pixelRatio: number): SignAtlas {
    const radius = Math.min(72, Math.ceil(atlasRadius * look.scale * pixelRatio))
    // Badges drawn before the figures' font is there are drawn again.
    const key = `${radius} ${look.theme} ${document.fonts.check('600 16px "HZ Num"')}`
    if (atlas?.key !== key) {
      atlas = {
        key,
        value: signAtlas(radius, look.theme),
      }
    }
    return atlas.value
  }

  const layer: CustomLayerInterface = {
    id,
    type: 'custom',
    renderingMode: '2d',
    onAdd(onto) {
      map = onto
      // A new context knows nothing: it gets everything again. Nothing is created here, only while drawing, when MapLibre expects
      // its idea of the context's state to become wrong.
      card = null
      points.forgetUploads()
      void document.fonts.load('600 16px "HZ Num"').then(repaint)
    },
    onRemove() {
      card?.free()
      card = null
      map = null
    },
    render(gl, { defaultProjectionData }) {
      if (!map)
        return
      card ??= new Card(gl)
      const pixelRatio = map.getPixelRatio()
      const viewport: [number, number] = [gl.drawingBufferWidth, gl.drawingBufferHeight]
      const matrix = anchored(defaultProjectionData.mainMatrix, points.anchor)
      view = {
        matrix,
        viewport: [viewport[0] / pixelRatio, viewport[1] / pixelRatio],
      }
      card.setAtlas(atlasFor(pixelRatio))
      card.upload(points)
      const now = seconds()
      const palette = palettes[look.theme]
      card.draw(points, {
        matrix: Float32Array.from(matrix),
        scale: look.scale * pixelRatio,
        now,
        still: motion.matches,
        late: rgb(palette.late),
        light: rgb(palette.text),
      })
      clearTimeout(nextFrame)
      if (now < pulsingUntil) {
        nextFrame = setTimeout(repaint, motion.matches
          ? (pulsingUntil - now) * 1000
          : pulseFrameMs)
      }
    },
  }

  return {
    layer,
    set(next) {
      const list = [...next]
      points.reset(list[0]
        ? [
            mercatorX(list[0].lng),
            mercatorY(list[0].lat),
          ]
        : points.anchor)
      for (const point of list)
        points.put(point)
      for (const id of selected)
        points.setSelected(id, true)
      repaint()
    },
    update(changed, removed = []) {
      for (const id of removed)
        points.remove(id)
      for (const point of changed) {
        if (points.count === 0) {
          points.reset([
            mercatorX(point.lng),
            mercatorY(point.lat),
          ])
        }
        points.put(point)
        if (selected.has(point.id))
          points.setSelected(point.id, true)
      }
      repaint()
    },
    pick: (x, y) => view
      ? pickPoints(points, view.matrix, view.viewport, look.scale, x, y)
      : [],
    pulse(id) {
      if (!points.has(id))
        return
      points.setPulse(id, seconds())
      pulsingUntil = seconds() + pulseRound * pulseRounds
      repaint()
    },
    select(ids) {
      const next = new Set(ids)
      for (const id of selected) {
        if (!next.has(id))
          points.setSelected(id, false)
      }
      for (const id of next)
        points.setSelected(id, true)
      selected = next
      repaint()
    },
    setLook(next) {
      look = { scale: next.scale, theme: next.theme }
      repaint()
    },
    get count() {
      return points.count
    },
  }
}

/** The map's matrix for coordinates that are relative to the anchor. In doubles: here float32 would cost metres. */
function anchored(matrix: ArrayLike<number>, [x, y]: readonly [number, number]): Float64Array {
  const moved = Float64Array.from(matrix)
  for (let row = 0; row < 4; row++)
    moved[12 + row] = matrix[row]! * x + matrix[4 + row]! * y + matrix[12 + row]!
  return moved
}

function rgb(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16)
  return [(value >> 16 & 255) / 255, (value >> 8 & 255) / 255, (value & 255) / 255]
}
