/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'

type Loose = { id: string, filter?: unknown, minzoom?: number, maxzoom?: number, paint?: Record<string, unknown>, layout?: Record<string, unknown> }

/**
 * Carries style layers over from how they were specified to how they are now, property by property: nothing is taken away and put
 * back, so nothing flickers. Both lists name the same ids.
 */
export function changeLayers(map: MapLibreMap, before: readonly LayerSpecification[], after: readonly LayerSpecification[]): void {
  const known = new Map(before.map(spec => [spec.id, spec as Loose]))
  for (const spec of after as readonly Loose[]) {
    const old = known.get(spec.id)
    if (!old || !map.getLayer(spec.id))
      continue
    for (const [name, value] of changed(old.paint, spec.paint))
      map.setPaintProperty(spec.id, name as never, value as never)
    for (const [name, value] of changed(old.layout, spec.layout))
      map.setLayoutProperty(spec.id, name as never, value as never)
    if (differ(old.filter, spec.filter))
      map.setFilter(spec.id, (spec.filter ?? null) as Parameters<MapLibreMap['setFilter']>[1])
    if (old.minzoom !== spec.minzoom || old.maxzoom !== spec.maxzoom)
      map.setLayerZoomRange(spec.id, spec.minzoom ?? 0, spec.maxzoom ?? 24)
  }
}

function changed(before: Record<string, unknown> = {}, after: Record<string, unknown> = {}): [string, unknown][] {
  return [
    ...new Set([...Object.keys(before), ...Object.keys(after)]),
  ]
    .filter(name => differ(before[name], after[name]))
    .map(name => [name, after[name]])
}

function differ(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b)
}
