import type { Coverage } from '#contract/coverage.ts'
import type { Sql } from '../../db/connect.ts'
import type { Log } from '../log.ts'
import { CoverageQuery } from '#contract/coverage.ts'
import { facilitiesVersion } from '../../db/queries/network.ts'
import { createCoverageThread } from './coverage-thread.ts'
import { seekLeadership } from './leadership.ts'
import { publishCoverage } from './publish-coverage.ts'

export interface CoverageService {
  /** The answer to any minutes and speed, from the data as it stands; shared by all who ask the same. */
  compute: (query: CoverageQuery) => Promise<Coverage>
  /** To be told of every event of the log: what changes the answer has it computed and pushed again. */
  onEvents: (events: readonly { type: string }[]) => void
  /** Settled when everything asked for so far has been published. */
  idle: () => Promise<void>
  stop: () => Promise<void>
}

export interface CoverageServiceOptions {
  sql: Sql
  databaseUrl: string
  log: Log
  /** The first computation waits so long: what the database holds from before will do until then. */
  beginAfterMs?: number
}

/** Several changes that come together cost one computation. */
const gatherMs = 100
const keptAnswers = 20
/** What the wall shows: all as it is unless somebody asks otherwise. */
export const usualQuery = CoverageQuery.parse({})
const leaderLock = 4877218

const changesNetwork = (type: string) => /^(?:basemap|region)\./.test(type)
const changesFacilities = (type: string) => type.startsWith('facility.')

/**
 * Coverage by the data in the database, computed in a thread. The usual answer (15 minutes, 0.8 m/s) is kept in the database and in
 * the log, so that every screen follows it; of several processes one sees to that, any may be asked.
 */
export function startCoverageService({ sql, databaseUrl, log, beginAfterMs = 0 }: CoverageServiceOptions): CoverageService {
  const thread = createCoverageThread(databaseUrl)
  const answers = new Map<string, Promise<Coverage>>()
  let network = 0
  let timer: NodeJS.Timeout | null = null
  let published: Promise<unknown> = Promise.resolve()
  let stopped = false
  const begun = performance.now()

  async function compute(query: CoverageQuery): Promise<Coverage> {
    // The log tells of changes to the network; facilities are looked at, so that whoever closes one and asks sees it closed.
    const key = [
      JSON.stringify(query),
      network,
      await facilitiesVersion(sql),
    ].join(' ')
    const known = answers.get(key)
    if (known)
      return known
    if (answers.size >= keptAnswers)
      answers.delete(answers.keys().next().value!)
    const asked = thread.ask({ query, network })
    answers.set(key, asked)
    asked.catch(() => answers.delete(key))
    return asked
  }

  const leadership = seekLeadership({
    databaseUrl,
    lock: leaderLock,
    onLead: () => schedule(Math.max(0, begun + beginAfterMs - performance.now())),
  })

  function publish(): void {
    timer = null
    published = published
      .then(async () => publishCoverage(sql, await compute(usualQuery)))
      .catch((error) => {
        if (stopped)
          return
        log.warn({ err: error }, 'coverage could not be computed; trying again')
        schedule(5000)
      })
  }

  function schedule(ms: number): void {
    if (stopped || !leadership.leads())
      return
    timer ??= setTimeout(publish, ms).unref()
  }

  return {
    compute,
    onEvents(events) {
      const isNetwork = events.some(({ type }) => changesNetwork(type))
      if (isNetwork) {
        network++
        answers.clear()
      }
      if (isNetwork || events.some(({ type }) => changesFacilities(type)))
        schedule(gatherMs)
    },
    async idle() {
      await leadership.settled()
      if (timer) {
        clearTimeout(timer)
        publish()
      }
      await published
    },
    async stop() {
      stopped = true
      clearTimeout(timer ?? undefined)
      await Promise.all([
        leadership.stop(),
        thread.stop(),
      ])
      await published
    },
  }
}
