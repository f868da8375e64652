import type { Sql } from '../../db/connect.ts'
import type { SnapshotHead } from '../../db/queries/snapshot.ts'
import type { Packet } from './packet.ts'
import type { View } from './view.ts'
import { readSnapshot } from '../../db/queries/snapshot.ts'
import { casesInPart, createCaseSlicer, partPacket, sliceLayers } from './snapshot-parts.ts'
import { regionMeets } from './view.ts'

/** A snapshot that is being read, or has been: parts can be sent before the last is there. */
export interface SharedSnapshot {
  epoch: string
  seq: number
  /** In order; each is there as soon as it has been read. */
  parts: Promise<Packet>[]
}

export interface SnapshotStoreOptions {
  sql: Sql
  /** Whether a follower that has this can be brought up to date from memory. */
  isFresh: (snapshot: { epoch: string, seq: number }) => boolean
  /** Snapshots read at the same time at most. */
  concurrency?: number
  /** How long one is kept for those who come at the same time. Milliseconds. */
  keepMs?: number
  onRead?: (seconds: number) => void
}

export interface SnapshotStore {
  get: (view: View) => Promise<SharedSnapshot>
  clear: () => void
}

/**
 * One snapshot for all who look at the same view at about the same time: a thousand screens that come at once cost the
 * database one read. What happened since then they get as changes.
 */
export function createSnapshotStore({ sql, isFresh, concurrency = 2, keepMs = 15_000, onRead }: SnapshotStoreOptions): SnapshotStore {
  const kept = new Map<string, Promise<SharedSnapshot>>()
  const waiting: (() => void)[] = []
  let reading = 0

  async function get(view: View): Promise<SharedSnapshot> {
    const known = kept.get(view.key)
    if (known) {
      const snapshot = await known.catch(() => null)
      if (snapshot && isFresh(snapshot))
        return snapshot
      if (kept.get(view.key) !== known)
        return get(view) // somebody else has begun to read it anew
    }
    const fresh = read(view)
    kept.set(view.key, fresh)
    forgetLater(view.key, fresh)
    return fresh
  }

  async function read(view: View): Promise<SharedSnapshot> {
    if (reading >= concurrency)
      await new Promise<void>(resolve => waiting.push(resolve))
    reading++
    const begun = performance.now()
    const { snapshot, done } = await begin(sql, view).catch((error: unknown) => {
      leave()
      throw error
    })
    void done.then(() => onRead?.((performance.now() - begun) / 1000), () => {}).finally(leave)
    return snapshot
  }

  function leave() {
    reading--
    waiting.shift()?.()
  }

  function forgetLater(key: string, fresh: Promise<SharedSnapshot>) {
    const forget = () => {
      if (kept.get(key) === fresh)
        kept.delete(key)
    }
    fresh.then(snapshot => Promise.all(snapshot.parts))
      .then(() => setTimeout(forget, keepMs).unref(), forget)
  }

  return {
    get,
    clear: () => kept.clear(),
  }
}

/** Starts to read; resolves when the number of parts is known. `done` when the last part is there or the reading failed. */
function begin(sql: Sql, view: View): Promise<{ snapshot: SharedSnapshot, done: Promise<void> }> {
  const { layers, region, scopes, mask } = view
  return new Promise((resolve, reject) => {
    let head: SnapshotHead | null = null
    let parts: PromiseWithResolvers<Packet>[] = []
    let made = 0
    const make = (slices: Parameters<typeof partPacket>[1]) => {
      const packet = partPacket(head!, slices, made + 1, parts.length)
      parts[made++]!.resolve(packet.prepare())
    }
    const slicer = createCaseSlicer(mask, slice => make([slice]))

    const done = readSnapshot(sql, {
      layers,
      region,
      scopes,
      meets: subdistrict => region === null || regionMeets(region, subdistrict),
    }, {
      onHead(found) {
        head = found
        const small = sliceLayers(found, mask, layers.includes('cases'))
        parts = Array.from({ length: small.length + Math.ceil(found.cases / casesInPart) }, () => Promise.withResolvers<Packet>())
        for (const { promise } of parts)
          promise.catch(() => {}) // a follower that waits for it is told; nobody may be waiting
        small.forEach(make)
        resolve({
          snapshot: {
            epoch: found.epoch,
            seq: found.seq,
            parts: parts.map(({ promise }) => promise),
          },
          done,
        })
      },
      onCases: slicer.push,
    }).then(slicer.end)

    done.catch((error: unknown) => {
      reject(error)
      parts.forEach(part => part.reject(error))
    })
  })
}
