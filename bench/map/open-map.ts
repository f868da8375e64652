import type { MapHandle } from '../../client/map/create-map.ts'
import { createMap } from '../../client/map/create-map.ts'
import { groundOf } from './ground.ts'

export type Bounds = [west: number, south: number, east: number, north: number]

/** A new map in place of the page's last one, with a town drawn below whatever comes. */
export async function openMap(bounds: Bounds, screen: 'wall' | 'desk'): Promise<MapHandle> {
  const container = Object.assign(document.createElement('div'), { id: 'map' })
  document.querySelector('#map')!.replaceWith(container)
  const handle = await createMap(container, {
    look: { theme: 'dark', scale: 1, screen },
    bounds,
    config: {
      version: '',
      bounds,
      view: bounds,
      base: {
        kind: 'streets',
        tiles: '/tiles/{z}/{x}/{y}',
        minzoom: 8,
        maxzoom: 8,
      },
      attribution: '',
      demo: true,
      tianditu: null,
    },
  })
  await new Promise<void>(ready => handle.whenStyled(() => ready()))
  for (const { id, source, layer } of groundOf(bounds)) {
    handle.map.addSource(id, source)
    handle.map.addLayer(layer)
  }
  return handle
}
