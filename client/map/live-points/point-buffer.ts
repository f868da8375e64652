import type { LivePoint } from './live-point.ts'
import { caseKinds } from '../symbols/kinds.ts'
import { levels } from './live-point.ts'

/**
 * Bytes of a point: x, y (Mercator, from the anchor) and radius as float32; body, ring with selection, badge and a spare byte as
 * uint8; when its pulse began (seconds) as float32.
 */
export const stride = 20
const [X, Y, RADIUS, PULSE] = [0, 1, 2, 4]
const [BODY, RING, BADGE] = [12, 13, 14]
export const offsets = {
  position: 0,
  radius: 8,
  sign: 12,
  pulse: 16,
}

export const stages = ['waiting', 'working', 'review', 'done'] as const
export const bodies = caseKinds.length * stages.length
/** `pulse` of a point that does not pulse. */
export const quiet = -1e6
const selectedBit = 4

/**
 * The points as the graphics card reads them, in one growing ArrayBuffer, lowest first. Points of one order stand together, so a
 * change of order moves at most one point of each order in between: no sorting, however many there are. Knows which slots changed
 * since the last look.
 *
 * Positions are kept relative to an anchor near the points: float32 is then exact to some millimetres over a whole city, where an
 * absolute Mercator coordinate would jump by metres.
 */
export class PointBuffer {
  floats: Float32Array
  octets: Uint8Array
  #ids: string[] = []
  readonly #slots = new Map<string, number>()
  /** `#ends[k]` is the slot after the last of order k. */
  readonly #ends = new Int32Array(levels)
  readonly #dirty = new Set<number>()
  /** Those that show, or lately showed, more than their body. */
  readonly #adorned = new Set<string>()
  #grown = true
  #anchor: readonly [number, number] = [0, 0]

  constructor(capacity = 256) {
    const bytes = new ArrayBuffer(capacity * stride)
    this.floats = new Float32Array(bytes)
    this.octets = new Uint8Array(bytes)
  }

  get count(): number {
    return this.#ends[levels - 1]!
  }

  /** False: all points are bare bodies, which are cheaper to draw. */
  get hasAdorned(): boolean {
    return this.#adorned.size > 0
  }

  get capacity(): number {
    return this.octets.byteLength / stride
  }

  get anchor(): readonly [number, number] {
    return this.#anchor
  }

  idAt(slot: number): string {
    return this.#ids[slot]!
  }

  has(id: string): boolean {
    return this.#slots.has(id)
  }

  /** Empties it and sets the anchor, a Mercator coordinate (0 to 1). */
  reset(anchor: readonly [number, number]): void {
    this.#ids = []
    this.#slots.clear()
    this.#ends.fill(0)
    this.#dirty.clear()
    this.#adorned.clear()
    this.#grown = true
    this.#anchor = anchor
  }

  put(point: LivePoint): void {
    const order = Math.max(0, Math.min(levels - 1, Math.floor(point.order)))
    let slot = this.#slots.get(point.id)
    let kept = { pulse: quiet, selected: 0 }
    if (slot !== undefined) {
      kept = { pulse: this.floats[slot * 5 + PULSE]!, selected: this.octets[slot * stride + RING]! & selectedBit }
      if (this.#orderAt(slot) !== order) {
        this.remove(point.id)
        slot = undefined
      }
    }
    slot ??= this.#open(order, point.id)
    const [float, octet] = [slot * 5, slot * stride]
    this.floats[float + X] = mercatorX(point.lng) - this.#anchor[0]
    this.floats[float + Y] = mercatorY(point.lat) - this.#anchor[1]
    this.floats[float + RADIUS] = point.size
    this.floats[float + PULSE] = kept.pulse
    this.octets[octet + BODY] = caseKinds.indexOf(point.kind) * stages.length + stages.indexOf(point.stage)
    this.octets[octet + RING] = point.ring | kept.selected
    this.octets[octet + BADGE] = Math.min(point.count, 100)
    this.octets[octet + BADGE + 1] = 0
    this.#dirty.add(slot)
    if (point.ring !== 0 || point.count > 1 || kept.selected !== 0 || kept.pulse !== quiet)
      this.#adorned.add(point.id)
    else
      this.#adorned.delete(point.id)
  }

  remove(id: string): void {
    const slot = this.#slots.get(id)
    if (slot === undefined)
      return
    this.#slots.delete(id)
    this.#adorned.delete(id)
    let order = this.#orderAt(slot)
    let hole = slot
    for (; order < levels; order++) {
      const last = --this.#ends[order]!
      this.#move(last, hole)
      hole = last
    }
    this.#ids.length = this.count
  }

  setPulse(id: string, seconds: number): void {
    this.#change(id, slot => this.floats[slot * 5 + PULSE] = seconds)
  }

  setSelected(id: string, selected: boolean): void {
    this.#change(id, (slot) => {
      const at = slot * stride + RING
      this.octets[at] = selected
        ? this.octets[at]! | selectedBit
        : this.octets[at]! & ~selectedBit
    })
  }

  /**
   * What must be written to the card since the last call: 'all' (also after growing), or runs `[first, last + 1)` of slots; runs that
   * lie close are joined, since a call costs more than some kilobytes.
   */
  takeChanges(joinGap = 64): 'all' | [from: number, to: number][] {
    const slots = [...this.#dirty].filter(slot => slot < this.count)
    this.#dirty.clear()
    if (this.#grown || slots.length * 2 > this.count) {
      const all = this.#grown || slots.length > 0
      this.#grown = false
      return all
        ? 'all'
        : []
    }
    const runs: [number, number][] = []
    for (const slot of slots.sort((a, b) => a - b)) {
      const run = runs.at(-1)
      if (run && slot - run[1] <= joinGap)
        run[1] = slot + 1
      else
        runs.push([slot, slot + 1])
    }
    return runs
  }

  /** The card forgot everything. */
  forgetUploads(): void {
    this.#grown = true
  }

  #change(id: string, change: (slot: number) => void): void {
    const slot = this.#slots.get(id)
    if (slot === undefined)
      return
    change(slot)
    this.#adorned.add(id)
    this.#dirty.add(slot)
  }

  #orderAt(slot: number): number {
    let order = 0
    while (slot >= this.#ends[order]!)
      order++
    return order
  }

  /** Makes room for one point at the end of its order: each higher order gives its first place and takes the one after its last. */
  #open(order: number, id: string): number {
    if (this.count === this.capacity)
      this.#grow()
    for (let higher = levels - 1; higher > order; higher--)
      this.#move(this.#ends[higher - 1]!, this.#ends[higher]!++)
    const slot = this.#ends[order]!++
    this.#ids[slot] = id
    this.#slots.set(id, slot)
    return slot
  }

  #move(from: number, to: number): void {
    if (from === to)
      return
    this.octets.copyWithin(to * stride, from * stride, (from + 1) * stride)
    const id = this.#ids[from]!
    this.#ids[to] = id
    if (this.#slots.has(id))
      this.#slots.set(id, to)
    this.#dirty.add(to)
  }

  #grow(): void {
    const bytes = new ArrayBuffer(this.octets.byteLength * 2)
    const octets = new Uint8Array(bytes)
    octets.set(this.octets)
    this.octets = octets
    this.floats = new Float32Array(bytes)
    this.#grown = true
  }
}

export function mercatorX(lng: number): number {
  return (180 + lng) / 360
}

export function mercatorY(lat: number): number {
  return (180 - 180 / Math.PI * Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360))) / 360
}
