import type { Feature } from '#contract/geometry.ts'
import type { Changes, LogEvent, Position, Snapshot } from '#contract/live.ts'
import type { Followed, Outcome } from '../../client/state/follow.ts'
import type { LayerChanges, Layers } from '../../client/state/layers.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onAnswered, onChanges, onConnected, onPulse, onSnapshot, startFollowing } from '../../client/state/follow.ts'
import { applyEvents, emptyLayers, replaceLayers } from '../../client/state/layers.ts'

const epoch = 'one'

function caseFeature(id: string, properties: Record<string, unknown> = {}): Feature {
  return {
    type: 'Feature',
    id,
    geometry: {
      type: 'Point',
      coordinates: [117, 36.6],
    },
    properties: { id, ...properties },
  }
}

/** A log over few ids, as a server would write it: an item is registered before it is changed. */
const logs = fc.array(fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  what: fc.constantFrom('put', 'set', 'move', 'gone'),
  value: fc.integer({ min: 0, max: 9 }),
}), { minLength: 1, maxLength: 40 })
  .map(writes => writes.map(({ id, what, value }, index): LogEvent => {
    const head = { seq: index + 1, at: index, id }
    if (what === 'put') {
      return {
        ...head,
        type: 'case.registered',
        feature: caseFeature(id, { value }),
      }
    }
    if (what === 'set') {
      return {
        ...head,
        type: 'case.dispatched',
        set: { value },
      }
    }
    if (what === 'move') {
      return {
        ...head,
        type: 'case.located',
        geometry: {
          type: 'Point',
          coordinates: [value, value],
        },
      }
    }
    return { ...head, type: 'case.merged', gone: true }
  }))

function batch(events: LogEvent[], name = epoch): Changes {
  return {
    epoch: name,
    from: events[0]!.seq,
    to: events.at(-1)!.seq,
    at: events.at(-1)!.at,
    events,
  }
}

function stateAfter(events: LogEvent[]): Layers {
  const layers = emptyLayers()
  applyEvents(layers, events, new Map())
  return layers
}

function snapshotAfter(events: LogEvent[], seq: number, name = epoch): Snapshot {
  return {
    epoch: name,
    seq,
    layers: {
      cases: {
        type: 'FeatureCollection',
        features: [
          ...stateAfter(events.slice(0, seq)).cases.values(),
        ],
      },
    },
  }
}

/** A screen and, behind an outage-prone line, a server that answers every `ask` from its log. */
interface Screen {
  layers: Layers
  asked: number
  log: LogEvent[]
  name: string
  take: (outcome: Outcome) => void
  answer: (since: Position | null) => void
  connect: () => void
  changes: (packet: Changes) => void
  snapshot: (packet: Snapshot) => void
  pulse: (seq: number, ofEpoch?: string) => void
  position: () => Position | null
}

function screenOf(log: LogEvent[], name = epoch): Screen {
  let followed: Followed = startFollowing()
  const layers = emptyLayers()
  const changes: LayerChanges = new Map()
  const screen: Screen = {
    layers,
    asked: 0,
    log,
    name,
    take(outcome) {
      followed = outcome.next
      if (outcome.replace)
        replaceLayers(layers, outcome.replace.layers, changes)
      if (outcome.apply)
        applyEvents(layers, outcome.apply, changes)
      if (outcome.ask)
        screen.answer(outcome.ask.since)
    },
    answer(since) {
      screen.asked++
      const head = log.length
      if (since && since.epoch === screen.name) {
        screen.take(onAnswered(followed))
        if (since.seq < head)
          screen.take(onChanges(followed, batch(log.slice(since.seq), screen.name)))
      }
      else {
        screen.take(onSnapshot(followed, snapshotAfter(log, head, screen.name)))
        screen.take(onAnswered(followed))
      }
    },
    connect: () => screen.take(onConnected(followed)),
    changes: (packet: Changes) => screen.take(onChanges(followed, packet)),
    snapshot: (packet: Snapshot) => screen.take(onSnapshot(followed, packet)),
    pulse: (seq: number, ofEpoch = screen.name) => screen.take(onPulse(followed, { epoch: ofEpoch, seq })),
    position: () => followed.position,
  }
  return screen
}

function chop(events: LogEvent[], cuts: number[]): Changes[] {
  const at = [
    ...new Set([
      0,
      ...cuts.map(cut => cut % events.length),
      events.length,
    ]),
  ].sort((a, b) => a - b)
  return at.slice(1).map((end, index) => batch(events.slice(at[index], end)))
}

describe('a screen that follows the log', () => {
  it('has the same state after any chopping of the stream as after one piece', () => {
    fc.assert(fc.property(logs, fc.array(fc.nat()), (log, cuts) => {
      const screen = screenOf([])
      screen.connect()
      chop(log, cuts).forEach(screen.changes)
      expect(screen.layers).toEqual(stateAfter(log))
      expect(screen.asked).toBe(1)
    }))
  })

  it('ignores what comes twice', () => {
    fc.assert(fc.property(logs, fc.array(fc.nat()), fc.array(fc.nat()), (log, cuts, repeats) => {
      const screen = screenOf([])
      screen.connect()
      const packets = chop(log, cuts)
      packets.forEach((packet, index) => {
        screen.changes(packet)
        const again = repeats[index]
        if (again !== undefined)
          screen.changes(packets[again % (index + 1)]!)
      })
      expect(screen.layers).toEqual(stateAfter(log))
    }))
  })

  it('ends in the true state when any packets are lost and others come in any order', () => {
    const fate = fc.constantFrom('come', 'lost', 'twice', 'late')
    fc.assert(fc.property(logs, fc.array(fc.nat()), fc.array(fate, { minLength: 41, maxLength: 41 }), (log, cuts, fates) => {
      const written: LogEvent[] = []
      const screen = screenOf(written)
      screen.connect()
      const late: Changes[] = []
      chop(log, cuts).forEach((packet, index) => {
        written.push(...packet.events)
        if (fates[index] === 'late')
          late.push(packet)
        if (fates[index] === 'come' || fates[index] === 'twice')
          screen.changes(packet)
        if (fates[index] === 'twice')
          screen.changes(packet)
      })
      late.reverse().forEach(screen.changes)
      screen.pulse(written.length)
      screen.pulse(written.length)
      expect(screen.layers).toEqual(stateAfter(log))
      expect(screen.position()).toEqual({ epoch, seq: log.length })
    }))
  })

  it('resumes after a lost connection with what it missed, whole or in the middle of a snapshot', () => {
    fc.assert(fc.property(logs, fc.nat(), fc.boolean(), (log, cut, half) => {
      const written = log.slice(0, cut % log.length)
      const screen = screenOf(written)
      if (half) {
        screen.snapshot({
          ...snapshotAfter(written, written.length),
          part: 1,
          parts: 2,
        })
      }
      screen.connect()
      written.push(...log.slice(written.length))
      screen.connect()
      expect(screen.layers).toEqual(stateAfter(log))
    }))
  })

  it('joins a snapshot in parts, in any order, with the changes that came between them', () => {
    fc.assert(fc.property(logs, fc.nat(), fc.nat({ max: 3 }), fc.boolean(), (log, cut, between, backwards) => {
      const seq = cut % log.length
      const whole = snapshotAfter(log, seq).layers.cases!.features
      const parts = [0, 1, 2].map((part): Snapshot => ({
        epoch,
        seq,
        part: part + 1,
        parts: 3,
        layers: {
          cases: {
            type: 'FeatureCollection',
            features: whole.filter((_, index) => index % 3 === part),
          },
        },
      }))
      const screen = screenOf(log)
      ;(backwards
        ? parts.reverse()
        : parts).forEach((part, index) => {
        if (index === between)
          screen.changes(batch(log.slice(seq)))
        screen.snapshot(part)
      })
      if (between > 2 || between === 0)
        screen.changes(batch(log.slice(seq)))
      expect(screen.layers).toEqual(stateAfter(log))
    }))
  })

  it('takes a fresh snapshot when the database was replaced, whichever message tells it', () => {
    const before = [
      {
        seq: 1,
        at: 1,
        id: 'a',
        type: 'case.registered',
        feature: caseFeature('a'),
      },
    ]
    const after = [
      {
        seq: 1,
        at: 1,
        id: 'b',
        type: 'case.registered',
        feature: caseFeature('b'),
      },
    ]
    for (const tell of ['pulse', 'changes'] as const) {
      const screen = screenOf(before)
      screen.connect()
      screen.log.splice(0, 1, ...after)
      screen.name = 'two'
      if (tell === 'pulse')
        screen.pulse(1, 'two')
      else
        screen.changes(batch(after, 'two'))
      expect([
        ...screen.layers.cases.keys(),
      ]).toEqual(['b'])
      expect(screen.position()).toEqual({ epoch: 'two', seq: 1 })
    }
  })

  it('does not ask again because of a pulse that overtook a batch', () => {
    const log: LogEvent[] = [
      {
        seq: 1,
        at: 1,
        id: 'a',
        type: 'case.registered',
        feature: caseFeature('a'),
      },
    ]
    const screen = screenOf([])
    screen.connect()
    screen.pulse(1)
    screen.changes(batch(log))
    screen.pulse(1)
    expect(screen.asked).toBe(1)
  })
})
