import type { Sql } from '../../db/connect.ts'
import type { CaseContextWithSql } from '../cases/case-context.ts'
import type { Rulebook } from '../cases/rules-file.ts'
import type { ImportKind, ImportProgress } from '../ingest/import-request.ts'
import type { Log } from '../log.ts'
import type { PersonalData } from '../privacy/personal-data.ts'
import type { GeneratedTown, TownSize } from './generate-town.ts'
import assert from 'node:assert/strict'
import { officersOnDuty, writeDemoMark } from '../../db/queries/demo.ts'
import { defaultRulebook } from '../cases/rules-file.ts'
import { freezeFinishedWeeks } from '../figures/freeze-weeks.ts'
import { runImport } from '../ingest/run-import.ts'
import { changeLedger } from '../wages/change-ledger.ts'
import { loadPlaces } from '../places/locate.ts'
import { createCrew } from './cases/crew.ts'
import { takeCourses } from './cases/take-courses.ts'
import { generateTown } from './generate-town.ts'
import { createRandom } from './random.ts'
import { writeWageHandlings } from './write-wage-handlings.ts'
import { writePropertyLadders } from './write-property-ladders.ts'
import { writeWorksiteVisits } from './write-worksite-visits.ts'
import { writeZoneLedgers } from './write-zone-ledgers.ts'

export interface DemoRequest {
  sql: Sql
  log: Log
  personal: PersonalData
  rulebook?: Rulebook
  now: Date
  size?: TownSize
  seed?: string
  /** What is being done, in Chinese and English. */
  onStage?: (stage: string) => void
  onProgress?: (progress: ImportProgress) => void
  signal?: AbortSignal
}

export const DEMO_SEED = 'demo'

/** So many finished weeks have their figures frozen in the demo. */
const FROZEN_WEEKS = 4

/** In more subdistricts than these the backlog stays as imported: a thousand actions a town, one by one, take their time. */
const TOWNS_WITH_COURSES = 10

const names: Record<ImportKind, string> = {
  regions: '辖区 · regions',
  osm: '街道与楼栋 · streets and buildings',
  population: '人口 · residents',
  facilities: '养老设施 · care facilities',
  renovation: '老旧改造 · renovation zones',
  worksites: '工地 · worksites',
  officers: '网格员 · officers',
  addresses: '地址簿 · addresses',
  cases: '工单 · cases',
}

/**
 * Generates the demo and imports it file by file, as if it had come from outside; then brings the open cases to where they
 * stand. The mark in `meta` comes first, so that what an interrupted load leaves is known for what it is.
 */
export async function loadDemo({ sql, log, personal, rulebook = defaultRulebook, now, size = 'subdistrict', seed = DEMO_SEED, onStage, onProgress, signal }: DemoRequest): Promise<void> {
  await writeDemoMark(sql, {
    seed,
    size,
    loadedAt: now.toISOString(),
  })
  let number = 0
  for (const town of generateTown({ seed, size, now })) {
    number++
    const which = size === 'subdistrict'
      ? ''
      : ` · ${town.name} ${number}`
    for (const file of town.files) {
      if (signal?.aborted)
        return
      onStage?.(`载入演示数据 · Loading the demo town: ${names[file.kind]}${which}`)
      const summary = await runImport({
        sql,
        kind: file.kind,
        format: file.format,
        input: file.open,
        now,
        personal,
        rulebook,
        ...onProgress && { onProgress },
        onReject: reject => log.warn({ file: file.name, reject }, 'demo row rejected'),
      })
      log.debug(summary, 'demo imported')
    }
    if (number <= TOWNS_WITH_COURSES) {
      await writeLedgers(town)
      await writeZoneLedgers({ sql, log, now }, town.zones)
      await writePropertyLadders({
        sql,
        log,
        now,
        subdistrict: town.subdistrict,
      }, town.zones)
      await workOnBacklog(town)
      await writeWageHandlings({
        sql,
        log,
        personal,
        now,
      }, town.worksites)
      await writeWorksiteVisits({ sql, log, now }, town.worksites)
    }
  }
  if (!signal?.aborted) {
    await sql.begin(tx => freezeFinishedWeeks(tx, { rules: rulebook.rules, now, atFirst: FROZEN_WEEKS }))
    await writeDemoMark(sql, {
      seed,
      size,
      loadedAt: now.toISOString(),
      complete: true,
    })
  }

  async function writeLedgers({ worksites }: GeneratedTown) {
    for (const { id, ledger: { parties, months, institutions } } of worksites) {
      for (const [version, part] of [
        { parties },
        { months },
        { institutions },
      ].entries()) {
        const answer = await changeLedger({
          sql,
          personal,
          now: () => now,
        }, {
          worksite: id,
          scope: null,
          version,
          part,
        })
        // A town that was loaded before keeps what people have made of it since.
        if (!('changed' in answer))
          log.debug({ worksite: id, answer }, 'ledger of the demo not written')
      }
    }
  }

  async function workOnBacklog({ backlog, subdistrict }: GeneratedTown) {
    onStage?.('演示工单办理过程 · Working on the demo cases')
    const officers = (await officersOnDuty(sql, 100_000)).filter(officer => officer.subdistrict === subdistrict)
    assert(officers.length > 0, 'the demo town has no officers on duty')
    const context: CaseContextWithSql = {
      sql,
      personal,
      places: await loadPlaces(sql),
      ...rulebook,
      now: () => now,
    }
    const taken = await takeCourses({
      context,
      backlog,
      crew: createCrew(officers),
      now,
      log,
      random: createRandom(`${seed}/${subdistrict}/courses`),
      signal,
    })
    log.debug({ taken }, 'steps of the demo cases')
  }
}
