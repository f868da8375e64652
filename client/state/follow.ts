import type { FeatureCollection } from '#contract/geometry.ts'
import type { Changes, LayerName, LogEvent, Position, Pulse, Snapshot } from '#contract/live.ts'

/**
 * The protocol of following the log, without a socket: what came before + a message → what is to be done.
 * It holds whatever the network does (drops, repeats, slices, stale views): events are applied in order, each once.
 */
export interface Followed {
  /** Position after the last applied event; null before the first snapshot. */
  position: Position | null
  /** A `follow` is under way: do not ask again because of what is still in flight. */
  asking: boolean
  /** Parts of a snapshot that are here, and the changes that came in between. */
  assembly: Assembly | null
  /** Set by a pulse that is ahead of us: the next pulse tells whether we are behind or something was lost. */
  behind: { ours: number } | null
}

interface Assembly {
  epoch: string
  seq: number
  parts: number
  got: ReadonlyMap<number, Snapshot['layers']>
  held: readonly Changes[]
}

export interface Replacement {
  epoch: string
  seq: number
  layers: Partial<Record<LayerName, FeatureCollection>>
}

/** What the owner of the state does now, in this order: replace, apply, ask. */
export interface Outcome {
  next: Followed
  replace?: Replacement
  apply?: LogEvent[]
  /** Ask to follow again, `since` our position or, with null, from a fresh snapshot. */
  ask?: { since: Position | null }
}

/** More batches than this between the parts of a snapshot: taking a new one is cheaper. */
const maxHeld = 1_000

export function startFollowing(): Followed {
  return {
    position: null,
    asking: false,
    assembly: null,
    behind: null,
  }
}

/** A (re)connected socket: ask for what was missed. */
export function onConnected(followed: Followed): Outcome {
  return askAgain({
    ...followed,
    assembly: null,
    behind: null,
    asking: false,
  }, followed.position)
}

/** The server agreed. A snapshot's parts may have come before or come after this. */
export function onAnswered(followed: Followed): Outcome {
  return {
    next: { ...followed, asking: false },
  }
}

export function onSnapshot(followed: Followed, snapshot: Snapshot): Outcome {
  const { epoch, seq, part = 1, parts = 1 } = snapshot
  const old = followed.assembly
  const same = old && old.epoch === epoch && old.seq === seq && old.parts === parts
  const got = new Map(same
    ? old.got
    : []).set(part, snapshot.layers)
  const assembly: Assembly = {
    epoch,
    seq,
    parts,
    got,
    held: same
      ? old.held
      : [],
  }
  if (assembly.got.size < parts) {
    return {
      next: { ...followed, assembly },
    }
  }

  const replaced: Outcome = {
    next: {
      ...followed,
      position: { epoch, seq },
      asking: false,
      assembly: null,
      behind: null,
    },
    replace: {
      epoch,
      seq,
      layers: joinParts(assembly),
    },
  }
  return assembly.held.reduce(continueWith, replaced)
}

export function onChanges(followed: Followed, changes: Changes): Outcome {
  const { assembly, position } = followed
  if (assembly && changes.epoch === assembly.epoch) {
    if (assembly.held.length >= maxHeld)
      return askAgain({ ...followed, assembly: null }, null)
    if (changes.to <= assembly.seq)
      return { next: followed }
    return {
      next: {
        ...followed,
        assembly: {
          ...assembly,
          held: [...assembly.held, changes],
        },
      },
    }
  }
  if (!position || changes.epoch !== position.epoch)
    return askAgain(followed, null)
  if (changes.to <= position.seq)
    return { next: followed }
  if (changes.from > position.seq + 1)
    return askAgain(followed, position)
  return {
    next: {
      ...followed,
      position: { epoch: position.epoch, seq: changes.to },
      behind: null,
    },
    apply: changes.events.filter(event => event.seq > position.seq),
  }
}

/**
 * A pulse names the newest number. Being behind it for a moment is normal (batches wait up to 100 ms); being behind at two
 * pulses in a row without having moved means that the last batch never came.
 */
export function onPulse(followed: Followed, pulse: Pick<Pulse, 'epoch' | 'seq'>): Outcome {
  const { position, assembly } = followed
  if (!position || assembly)
    return { next: followed }
  if (pulse.epoch !== position.epoch)
    return askAgain(followed, null)
  if (pulse.seq <= position.seq) {
    return {
      next: { ...followed, behind: null },
    }
  }
  if (followed.behind?.ours === position.seq)
    return askAgain({ ...followed, behind: null }, position)
  return {
    next: {
      ...followed,
      behind: { ours: position.seq },
    },
  }
}

function askAgain(followed: Followed, since: Position | null): Outcome {
  if (followed.asking)
    return { next: followed }
  return {
    next: { ...followed, asking: true },
    ask: { since },
  }
}

function continueWith(outcome: Outcome, changes: Changes): Outcome {
  const step = onChanges(outcome.next, changes)
  const apply = [
    ...outcome.apply ?? [],
    ...step.apply ?? [],
  ]
  return {
    ...outcome,
    next: step.next,
    apply,
    ask: outcome.ask ?? step.ask,
  }
}

function joinParts(assembly: Assembly): Replacement['layers'] {
  const joined: Replacement['layers'] = {}
  for (const [, layers] of [...assembly.got].sort(([a], [b]) => a - b)) {
    for (const [name, collection] of Object.entries(layers) as [LayerName, FeatureCollection][]) {
      const before = joined[name]
      joined[name] = before
        ? {
            type: 'FeatureCollection',
            features: before.features.concat(collection.features),
          }
        : collection
    }
  }
  return joined
}
