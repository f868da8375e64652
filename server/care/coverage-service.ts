import type { Coverage, CoverageQuery } from '#contract/coverage.ts'
import type { Feature } from '#contract/geometry.ts'
import type { CoverageCalculator, CoverageQuestion } from '#coverage/coverage.ts'
import type { Sql } from '../../db/connect.ts'
import type { Log } from '../log.ts'
import { createCoverageCalculator } from '#coverage/coverage.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { readCommunityRecords, readFacilityRecords, readWalkRecords } from '../../db/queries/network.ts'
import { publishCoverage } from './publish-coverage.ts'

export interface CoverageService {
  /** The answer to any minutes and speed, from the data as it stands; shared by all who ask the same. */
  compute: (query: CoverageQuery) => Promise<Coverage>
  /** To be told of every event of the log: what changes the answer has it computed and pushed again. */
  onEvents: (events: readonly { type: string }[]) => void
  /** Settled when everything asked for so far has been published. */
  idle: () => Promise<void>
}

export interface CoverageServiceOptions {
  sql: Sql
  log: Log
  now?: () => Date
  /** The first computation waits so long: what the database holds from before will do until then. */
  beginAfterMs?: number
  /** From then on nothing is computed of the service's own accord. */
  stopping?: AbortSignal
}

/** Several changes that come together cost one computation. */
const gatherMs = 100
const keptAnswers = 50

const changesNetwork = (type: string) => /^(?:basemap|region)\./.test(type)
const changesFacilities = (type: string) => type.startsWith('facility.')

/**
 * Coverage by the data in the database. The walking model is built once and kept until streets, buildings or regions change;
 * a facility that opens, closes or moves costs only the search. The usual answer (15 minutes, 0.8 m/s) is kept in the
 * database and in the log, so that every screen follows it.
 */
export function startCoverageService({ sql, log, now = () => new Date(), beginAfterMs = 0, stopping }: CoverageServiceOptions): CoverageService {
  let calculator: Promise<CoverageCalculator> | null = null
  let answers = new Map<string, Promise<Coverage>>()
  let timer: NodeJS.Timeout | null = null
  let published: Promise<unknown> = Promise.resolve()

  const calculate = async (query: CoverageQuery): Promise<Coverage> => {
    calculator ??= readWalkRecords(sql).then(records => createCoverageCalculator(buildWalkModel(records)))
    const current = calculator
    current.catch(() => calculator === current && (calculator = null))
    const [model, facilities, communities] = await Promise.all([
      current,
      readFacilityRecords(sql),
      readCommunityRecords(sql),
    ])
    return answer(model, {
      facilities,
      communities,
      settings: settingsOf(query),
    }, now())
  }

  function compute(query: CoverageQuery): Promise<Coverage> {
    const key = `${query.minutes} ${query.speed}`
    const known = answers.get(key)
    if (known)
      return known
    if (answers.size >= keptAnswers)
      answers.delete(answers.keys().next().value!)
    const here = answers
    const computed = calculate(query)
    here.set(key, computed)
    computed.catch(() => here.delete(key))
    return computed
  }

  function publish(): void {
    timer = null
    published = published
      .then(async () => publishCoverage(sql, await compute({ minutes: defaultSettings.minutes, speed: defaultSettings.walker.speed })))
      .catch((error) => {
        if (stopping?.aborted)
          return
        log.warn({ err: error }, 'coverage could not be computed; trying again')
        schedule(5000)
      })
  }

  function schedule(ms: number): void {
    timer ??= setTimeout(publish, ms)
    timer.unref()
  }

  stopping?.addEventListener('abort', () => timer && clearTimeout(timer), { once: true })
  schedule(beginAfterMs)
  return {
    compute,
    onEvents(events) {
      const network = events.some(({ type }) => changesNetwork(type))
      if (!network && !events.some(({ type }) => changesFacilities(type)))
        return
      if (network)
        calculator = null
      answers = new Map()
      schedule(gatherMs)
    },
    async idle() {
      if (timer) {
        clearTimeout(timer)
        publish()
      }
      await published
    },
  }
}

function settingsOf({ minutes, speed }: CoverageQuery): CoverageQuestion['settings'] {
  const { walker } = defaultSettings
  return {
    ...defaultSettings,
    minutes,
    // Nobody is faster on stairs than on the flat.
    walker: {
      ...walker,
      speed,
      stairsSpeed: Math.min(walker.stairsSpeed, speed),
    },
  }
}

function answer(calculator: CoverageCalculator, question: CoverageQuestion, at: Date): Coverage {
  const figures = calculator.figures(question)
  const { minutes, walker } = question.settings
  return {
    asOf: at.toISOString(),
    minutes,
    speed: walker.speed,
    rates: figures.rates,
    byCommunity: figures.byCommunity,
    byFacility: figures.byFacility,
    reach: collection(calculator.reach(question, figures)),
    missed: collection(figures.missed),
  }
}

function collection(features: Feature[]) {
  return { type: 'FeatureCollection' as const, features }
}
