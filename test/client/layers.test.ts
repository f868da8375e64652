import type { Feature } from '#contract/geometry.ts'
import type { LogEvent } from '#contract/live.ts'
import type { LayerChanges } from '../../client/state/layers.ts'
import { expect, it } from 'vitest'
import { applyEvent } from '../../client/state/apply-event.ts'
import { applyEvents, emptyLayers, replaceLayers } from '../../client/state/layers.ts'
import { createWorld } from '../../client/state/world.ts'

function feature(id: string, properties: Record<string, unknown> = {}): Feature {
  return {
    type: 'Feature',
    id,
    geometry: null,
    properties: { id, ...properties },
  }
}
function event(type: string, id: string, rest: Partial<LogEvent>): LogEvent {
  return { seq: 1, at: 1, type, id, ...rest }
}

it('an event changes what it names and nothing else', () => {
  const before = feature('a', { status: 'registered', kind: 'noise' })
  const after = applyEvent(before, event('case.dispatched', 'a', {
    set: { status: 'dispatched' },
  }))
  expect(after?.properties).toEqual({ id: 'a', status: 'dispatched', kind: 'noise' })
  expect(before.properties.status).toBe('registered')
})

it('a geometry of null takes a case off the map, an absent one leaves it where it is', () => {
  const before: Feature = {
    ...feature('a'),
    geometry: {
      type: 'Point',
      coordinates: [117, 36],
    },
  }
  expect(applyEvent(before, event('case.located', 'a', { geometry: null }))?.geometry).toBeNull()
  expect(applyEvent(before, event('case.dispatched', 'a', { set: {} }))?.geometry).toEqual(before.geometry)
})

it('a change of something outside the view adds nothing', () => {
  const layers = emptyLayers()
  applyEvents(layers, [
    event('case.archived', 'old', {
      set: { status: 'archived' },
    }),
  ], new Map())
  expect(layers.cases.size).toBe(0)
})

it('an event of a layer that this page does not know is passed over', () => {
  const layers = emptyLayers()
  applyEvents(layers, [
    event('patrol.started', 'p', {
      feature: feature('p'),
    }),
  ], new Map())
  expect(layers).toEqual(emptyLayers())
})

it('what came and went within one frame is told as gone, what went and came as put', () => {
  const layers = emptyLayers()
  const changes: LayerChanges = new Map()
  layers.cases.set('b', feature('b'))
  applyEvents(layers, [
    event('case.registered', 'a', {
      feature: feature('a'),
    }),
    event('case.merged', 'a', { gone: true }),
    event('case.merged', 'b', { gone: true }),
    event('case.registered', 'b', {
      feature: feature('b'),
    }),
  ], changes)
  expect(changes.get('cases')).toEqual({
    whole: false,
    put: new Set(['b']),
    gone: new Set(['a']),
  })
})

it('a snapshot empties the layers that it does not name', () => {
  const layers = emptyLayers()
  layers.worksites.set('w', feature('w'))
  replaceLayers(layers, {
    cases: {
      type: 'FeatureCollection',
      features: [
        feature('a'),
      ],
    },
  }, new Map())
  expect(layers.worksites.size).toBe(0)
  expect([
    ...layers.cases.keys(),
  ]).toEqual(['a'])
})

it('batches of one frame are published together, once', () => {
  const frames: (() => void)[] = []
  const world = createWorld(run => frames.push(run))
  const heard: string[][] = []
  world.onChange('cases', change => heard.push([...change.put]))
  const revision = world.view('cases').value.revision
  world.apply([
    event('case.registered', 'a', {
      feature: feature('a'),
    }),
  ], { epoch: 'e', seq: 1 })
  world.apply([
    event('case.registered', 'b', {
      feature: feature('b'),
    }),
  ], { epoch: 'e', seq: 2 })
  expect(frames).toHaveLength(1)
  frames[0]!()
  expect(heard).toEqual([
    ['a', 'b'],
  ])
  expect(world.view('cases').value.revision).toBe(revision + 1)
  expect(world.view('worksites').value.revision).toBe(0)
})

it('a late packet of positions does not move an officer back', () => {
  const world = createWorld(run => run())
  world.move({
    at: 2,
    rows: [
      ['o', 117.2, 36.2, 2000],
    ],
  })
  world.move({
    at: 1,
    rows: [
      ['o', 117.1, 36.1, 1000],
    ],
  })
  expect(world.positions.value.items.get('o')?.lngLat).toEqual([117.2, 36.2])
})

it('at midnight in China the cases closed before it leave, open ones stay', () => {
  const world = createWorld(run => run())
  const held = (id: string, status: string, closedAt: string | null) => feature(id, { status, closedAt, reportedAt: '2026-03-17T01:00:00Z' })
  world.replace({
    epoch: 'e',
    seq: 1,
    layers: {
      cases: {
        type: 'FeatureCollection',
        features: [
          held('open', 'in-progress', null),
          held('yesterday', 'closed', '2026-03-18T15:59:00Z'),
          held('today', 'closed', '2026-03-18T16:01:00Z'),
        ],
      },
    },
  })
  world.startDay(Date.parse('2026-03-18T16:05:00Z'))
  expect([
    ...world.view('cases').value.items.keys(),
  ]).toEqual(['open', 'today'])
})
