import type { ShallowRef } from 'vue'
import type { Feature, LngLat } from '#contract/geometry.ts'
import type { LayerName, LogEvent, Position, Positions, Pulse } from '#contract/live.ts'
import type { Replacement } from './follow.ts'
import type { LayerChange, LayerChanges } from './layers.ts'
import { shallowRef } from 'vue'
import { LayerName as LayerNames } from '#contract/live.ts'
import { forgetClosed } from './forget-closed.ts'
import { applyEvents, emptyLayers, replaceLayers } from './layers.ts'
import { onNextFrame } from './on-next-frame.ts'

/** A layer as panels see it: a new object after every batch, so that `computed` notices. `items` is shared, never to be changed. */
export interface LayerView {
  items: ReadonlyMap<string, Feature>
  revision: number
}

export interface OfficerPosition {
  lngLat: LngLat
  seenAt: number
}

/** The last thing that happened and when, by the server's clock. */
export interface LastEvent {
  at: number
  type: string
  id: string
}

type Listener = (change: LayerChange) => void

/**
 * What this screen knows, and the only place where it changes. Batches of the same frame are published together:
 * `view(name)` to panels, `onChange(name)` with what exactly changed to maps.
 */
export function createWorld(schedule: (run: () => void) => void = onNextFrame) {
  const layers = emptyLayers()
  const views = Object.fromEntries(LayerNames.options.map(name => [
    name,
    shallowRef<LayerView>({ items: layers[name], revision: 0 }),
  ])) as Record<LayerName, ShallowRef<LayerView>>
  const listeners = new Map<LayerName, Set<Listener>>()
  const positionsMap = new Map<string, OfficerPosition>()
  const positions = shallowRef<{ items: ReadonlyMap<string, OfficerPosition> }>({ items: positionsMap })
  const position = shallowRef<Position | null>(null)
  const lastEvent = shallowRef<LastEvent | null>(null)
  const pulse = shallowRef<Pulse | null>(null)

  let pending: LayerChanges = new Map()
  let positionsMoved = false
  let newest: LastEvent | null = null
  let scheduled = false

  function publishSoon() {
    if (scheduled)
      return
    scheduled = true
    schedule(publish)
  }

  function publish() {
    scheduled = false
    const changes = pending
    pending = new Map()
    if (newest && newest !== lastEvent.value)
      lastEvent.value = newest
    if (positionsMoved) {
      positionsMoved = false
      positions.value = { items: positionsMap }
    }
    for (const [name, change] of changes) {
      views[name].value = { items: layers[name], revision: views[name].value.revision + 1 }
      for (const listener of listeners.get(name) ?? [])
        listener(change)
    }
  }

  return {
    view: (name: LayerName): Readonly<ShallowRef<LayerView>> => views[name],
    positions: positions as Readonly<typeof positions>,
    position: position as Readonly<typeof position>,
    lastEvent: lastEvent as Readonly<typeof lastEvent>,
    pulse: pulse as Readonly<typeof pulse>,

    /** Hears what every published batch changed in a layer; returns the way to stop. */
    onChange(name: LayerName, listener: Listener): () => void {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => set.delete(listener)
    },

    replace(snapshot: Replacement) {
      replaceLayers(layers, snapshot.layers, pending)
      position.value = { epoch: snapshot.epoch, seq: snapshot.seq }
      publishSoon()
    },

    apply(events: readonly LogEvent[], at: Position) {
      applyEvents(layers, events, pending)
      position.value = at
      const last = events.at(-1)
      if (last)
        newest = { at: last.at, type: last.type, id: last.id }
      publishSoon()
    },

    /** Another time begins: who is where has to be told anew. */
    forgetPositions() {
      positionsMap.clear()
      positionsMoved = true
      publishSoon()
    },

    /** Latest wins: a late packet never moves an officer back in time. */
    move(packet: Positions) {
      for (const [id, lng, lat, seenAt] of packet.rows) {
        const before = positionsMap.get(id)
        if (!before || before.seenAt <= seenAt) {
          positionsMap.set(id, {
            lngLat: [lng, lat],
            seenAt,
          })
        }
      }
      positionsMoved = true
      publishSoon()
    },

    hear(next: Pulse) {
      pulse.value = next
    },

    /** A new day: cases that were closed before it leave, as they leave the server's snapshot. */
    startDay(at: number) {
      forgetClosed(layers.cases, at, pending)
      publishSoon()
    },
  }
}

/** The one world of this page. */
export const world = createWorld()
