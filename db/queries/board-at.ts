import type { Feature } from '#contract/geometry.ts'
import type { LayerName } from '#contract/live.ts'
import type { Case } from '#contract/case.ts'
import type { CaseRow } from './cases.ts'
import type { EventData, LogHead } from './events.ts'
import type { Sql, SqlOrTx } from '../connect.ts'
import { stageOfStatus } from '#contract/case.ts'
import { caseColumns, caseFeature } from './cases.ts'
import { layerOfType } from './events.ts'
import { readSnapshot } from './snapshot.ts'

type Touched = Pick<EventData, 'feature' | 'set' | 'geometry' | 'gone'> & { id: string, type: string, whole: Feature | null }
export type BoardLayers = Partial<Record<LayerName, Map<string, Feature>>>

/**
 * What screens showed at a moment of the past, from the log: what has not changed since is as it is now, and what has is put
 * together from its own events up to then. `dayStart`: when that day began; what was closed before it was on no screen.
 *
 * @returns the last event that is part of it, or null when the log begins later
 */
export async function readBoardAt(sql: Sql, { at, dayStart, layers }: { at: Date, dayStart: Date, layers: readonly LayerName[] }): Promise<{ head: LogHead, layers: BoardLayers } | null> {
  const seq = await lastEventAt(sql, at)
  if (seq === null)
    return null
  const present = await readPresent(sql, layers)
  const touched = await itemsTouched(sql, seq, present.head.seq, layers)
  const board: BoardLayers = {}
  for (const layer of layers) {
    const items = new Map(present.layers[layer]?.map(feature => [feature.id, feature]))
    for (const id of touched.get(layer) ?? [])
      items.delete(id)
    board[layer] = items
  }
  if (layers.includes('cases')) {
    for (const feature of await closedBetween(sql, dayStart, at)) {
      if (!touched.get('cases')?.has(feature.id))
        board.cases!.set(feature.id, feature)
    }
  }
  for (const [layer, ids] of touched)
    await foldInto(sql, board[layer]!, layer, [...ids], seq)
  for (const [id, { properties }] of board.cases ?? []) {
    const { status, closedAt, reportedAt } = properties as unknown as Case
    if (stageOfStatus[status] === 'done' && Date.parse(closedAt ?? reportedAt) < dayStart.getTime())
      board.cases!.delete(id)
  }
  for (const [id, officer] of board.officers ?? [])
    board.officers!.set(id, withoutPlace(officer))
  return {
    head: { epoch: present.head.epoch, seq },
    layers: board,
  }
}

/** Where somebody was is not in the log, and where he is now says nothing about the past. */
function withoutPlace(officer: Feature): Feature {
  return {
    ...officer,
    geometry: null,
    properties: { ...officer.properties, seenAt: null },
  }
}

/** From the newest backwards: the review is mostly of the last days. */
async function lastEventAt(sql: SqlOrTx, at: Date): Promise<number | null> {
  const [row] = await sql<{ seq: number }[]>`select seq from events where at <= ${at} order by seq desc limit 1`
  return row?.seq ?? null
}

async function readPresent(sql: Sql, layers: readonly LayerName[]): Promise<{ head: LogHead, layers: Partial<Record<LayerName, Feature[]>> }> {
  let head: LogHead = { epoch: '', seq: 0 }
  let present: Partial<Record<LayerName, Feature[]>> = {}
  const lines: Buffer[] = []
  await readSnapshot(sql, {
    layers,
    region: null,
    meets: () => true,
  }, {
    onHead({ epoch, seq, features }) {
      head = { epoch, seq }
      present = features
    },
    onCases: part => lines.push(part),
  })
  return {
    head,
    layers: {
      ...present,
      ...layers.includes('cases') && {
        cases: Buffer.concat(lines).toString().split('\n').filter(Boolean).map(line => JSON.parse(line) as Feature),
      },
    },
  }
}

async function itemsTouched(sql: SqlOrTx, after: number, upTo: number, layers: readonly LayerName[]): Promise<Map<LayerName, Set<string>>> {
  const rows = await sql<{ noun: string, id: string }[]>`
    select distinct split_part(type, '.', 1) as noun, id
    from events
    where seq > ${after} and seq <= ${upTo}`
  const touched = new Map<LayerName, Set<string>>()
  for (const { noun, id } of rows) {
    const layer = layerOfType(`${noun}.`)
    if (layers.includes(layer))
      touched.set(layer, (touched.get(layer) ?? new Set()).add(id))
  }
  return touched
}

async function closedBetween(sql: SqlOrTx, from: Date, to: Date): Promise<Feature[]> {
  const rows = await sql<CaseRow[]>`
    select ${caseColumns(sql)}
    from cases
    where coalesce(closed_at, reported_at) >= ${from} and coalesce(closed_at, reported_at) <= ${to}
      and status in ('closed', 'archived', 'merged')`
  return rows.map(row => caseFeature(row) as unknown as Feature)
}

/** Puts items together from their events, as a screen does that heard each of them. */
async function foldInto(sql: SqlOrTx, items: Map<string, Feature>, layer: LayerName, ids: readonly string[], upTo: number): Promise<void> {
  const events = await sql<(Omit<Touched, keyof EventData> & { data: EventData })[]>`
    select id, type, data, whole
    from events
    where id = any(${[...ids]}::text[]) and seq <= ${upTo}
    order by seq`
  for (const { id, type, data, whole } of events) {
    if (layerOfType(type) !== layer)
      continue
    const before = items.get(id)
    const feature = whole ?? data.feature
    if (data.gone) {
      items.delete(id)
    }
    else if (feature) {
      items.set(id, feature)
    }
    else if (before) {
      items.set(id, {
        ...before,
        geometry: data.geometry === undefined
          ? before.geometry
          : data.geometry,
        properties: {
          ...before.properties,
          ...data.set,
        },
      })
    }
  }
}
