import type { BoardAt, BoardPositions } from '#contract/board.ts'
import type { LogEvent, Position } from '#contract/live.ts'
import { shallowRef } from 'vue'
import { ApiProblem, getJson } from '../../api.ts'
import { startOfDay } from '../../state/china-time.ts'
import { clock, now } from '../../state/clock.ts'
import { world } from '../../state/world.ts'
import { createPastPositions } from './past-positions.ts'

/** Times as fast as it was. */
export const speeds = [1, 10, 60, 600] as const

const tickMs = 250
const pageSize = 2000
const hour = 3_600_000

export interface Replay {
  /** The moment that is shown, ms. */
  at: number
  playing: boolean
  speed: typeof speeds[number]
  loading: boolean
  failure: string | null
}

/** What the address asks for: `?replay=2026-11-24T14:00+08:00` begins there, `?replay` eight hours ago; null = the wall is live. */
export function replayFrom(search: string, present: number): number | null {
  const asked = new URLSearchParams(search).get('replay')
  if (asked === null)
    return null
  const at = Date.parse(asked)
  return Number.isFinite(at) && at < present
    ? at
    : present - 8 * hour
}

/** null: the wall is live. */
export const replay = shallowRef<Replay | null>(null)

let events: LogEvent[] = []
let position: Position = { epoch: '', seq: 0 }
/** Everything up to here has been fetched. */
let fetchedTo = 0
/** The log ended there: what comes later belongs to the live wall. */
let atEnd = false
let turn = 0
const places = createPastPositions(async (from, to) => (await getJson<BoardPositions>(`/api/v1/board/positions?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`)).rows, Date.now)

/** Shows the past instead of the present: the board of a moment, then its events at the speed that is asked for. */
export function startReplay(at: number): void {
  replay.value = {
    at,
    playing: true,
    speed: 60,
    loading: true,
    failure: null,
  }
  void jumpTo(at)
  let before = performance.now()
  setInterval(() => {
    const passed = performance.now() - before
    before += passed
    if (replay.value?.playing && !replay.value.loading)
      advance(passed)
  }, tickMs)
}

export function change(next: Partial<Pick<Replay, 'playing' | 'speed'>>): void {
  replay.value = {
    ...replay.value!,
    ...next,
  }
}

/** To another moment; not beyond the present. */
export async function jumpTo(wanted: number): Promise<void> {
  const mine = ++turn
  const at = Math.min(wanted, Date.now() - 2000)
  replay.value = {
    ...replay.value!,
    at,
    loading: true,
    failure: null,
  }
  show(at)
  try {
    const board = await getJson<BoardAt>(`/api/v1/board?at=${new Date(at).toISOString()}`)
    if (mine !== turn)
      return
    position = { epoch: board.epoch, seq: board.seq }
    events = []
    fetchedTo = board.seq
    atEnd = false
    world.replace({ ...position, layers: board.layers })
    world.forgetPositions()
    await Promise.all([
      fetchMore(mine),
      places.begin(at),
    ])
    if (mine !== turn)
      return
    tellPlaces(at)
    replay.value = { ...replay.value!, loading: false }
  }
  catch (error) {
    if (mine === turn) {
      replay.value = {
        ...replay.value!,
        loading: false,
        playing: false,
        failure: wordsOf(error),
      }
    }
  }
}

function advance(passedMs: number): void {
  const { at: before, speed } = replay.value!
  const present = Date.now()
  const at = Math.min(before + passedMs * speed, present)
  const due = events.findIndex(event => event.at > at)
  const happened = events.splice(0, due < 0
    ? events.length
    : due)
  if (happened.length > 0) {
    position = { ...position, seq: happened.at(-1)!.seq }
    world.apply(happened, position)
  }
  tellPlaces(at)
  if (startOfDay(at) !== startOfDay(before))
    world.startDay(at)
  replay.value = { ...replay.value!, at, playing: at < present }
  show(at)
  // What is not here yet cannot be passed: the clock waits for it.
  if (events.length === 0 && !atEnd)
    void refill()
}

/** Whoever was seen up to this moment stands where that was. */
function tellPlaces(at: number): void {
  const rows = places.due(at, error => replay.value = {
    ...replay.value!,
    failure: wordsOf(error),
  })
  if (rows.length > 0)
    world.move({ at, rows })
}

function wordsOf(error: unknown): string {
  return error instanceof ApiProblem
    ? error.problem.detail ?? error.problem.title
    : String(error)
}

async function refill(): Promise<void> {
  const mine = turn
  replay.value = { ...replay.value!, loading: true }
  const failed = await fetchMore(mine).then(() => null, error => String(error))
  if (mine === turn)
    replay.value = { ...replay.value!, loading: false, failure: failed }
}

async function fetchMore(mine: number): Promise<void> {
  const page = await getJson<{ to: number, events: LogEvent[] }>(`/api/v1/events?after=${fetchedTo}&limit=${pageSize}`)
  if (mine !== turn)
    return
  atEnd = page.to === fetchedTo
  fetchedTo = page.to
  events.push(...page.events)
}

function show(at: number): void {
  clock.set(at)
  now.value = at
}
