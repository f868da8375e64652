import type { Feature, FeatureCollection } from '#contract/geometry.ts'
import type { LogEvent } from '#contract/live.ts'
import { LayerName, layerOfNoun } from '#contract/live.ts'
import { applyEvent } from './apply-event.ts'

/** Every followed item by layer and id. */
export type Layers = Record<LayerName, Map<string, Feature>>

/** What a batch did to one layer. `whole` = everything was replaced, the sets then hold nothing. */
export interface LayerChange {
  whole: boolean
  put: Set<string>
  gone: Set<string>
}

export type LayerChanges = Map<LayerName, LayerChange>

export function emptyLayers(): Layers {
  return Object.fromEntries(LayerName.options.map(name => [
    name,
    new Map<string, Feature>(),
  ])) as Layers
}

/** Replaces all layers by a snapshot's; a layer that the snapshot does not name is empty after it. */
export function replaceLayers(layers: Layers, snapshot: Partial<Record<LayerName, FeatureCollection>>, changes: LayerChanges): void {
  for (const name of LayerName.options) {
    layers[name].clear()
    for (const feature of snapshot[name]?.features ?? [])
      layers[name].set(feature.id, feature)
    changes.set(name, {
      whole: true,
      put: new Set(),
      gone: new Set(),
    })
  }
}

/** Applies events in order and notes in `changes` what they touched, so that a map can update only that. */
export function applyEvents(layers: Layers, events: readonly LogEvent[], changes: LayerChanges): void {
  for (const event of events) {
    const name = layerOfNoun[event.type.slice(0, event.type.indexOf('.'))]
    if (!name)
      continue
    const items = layers[name]
    const after = applyEvent(items.get(event.id), event)
    if (after)
      putItem(items, after, changeOf(changes, name))
    else if (items.has(event.id))
      removeItem(items, event.id, changeOf(changes, name))
  }
}

export function changeOf(changes: LayerChanges, name: LayerName): LayerChange {
  let change = changes.get(name)
  if (!change) {
    changes.set(name, change = {
      whole: false,
      put: new Set(),
      gone: new Set(),
    })
  }
  return change
}

export function removeItem(items: Map<string, Feature>, id: string, change: LayerChange): void {
  items.delete(id)
  if (change.whole)
    return
  change.put.delete(id)
  change.gone.add(id)
}

function putItem(items: Map<string, Feature>, feature: Feature, change: LayerChange): void {
  items.set(feature.id, feature)
  if (change.whole)
    return
  change.gone.delete(feature.id)
  change.put.add(feature.id)
}
