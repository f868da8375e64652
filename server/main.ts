import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { contractHash } from '#contract/hash.ts'
import { nextAnswerBy } from '../db/queries/assignments.ts'
import { nextShiftEnd } from '../db/queries/shifts.ts'
import { makeTrackDays } from '../db/queries/tracks.ts'
import { readDemoMark } from '../db/queries/demo.ts'
import { nextCardAt } from '../db/queries/case-clock.ts'
import { announceCards } from './cases/announce-cards.ts'
import { batchedRegistration } from './cases/batched-registration.ts'
import { startCoverageService } from './care/coverage-service.ts'
import { settleDeadlines } from './cases/settle-deadlines.ts'
import { readRulebook } from './cases/rules-file.ts'
import { runAssignmentTimers } from './dispatch/assignment-timers.ts'
import { knownStreets } from './dispatch/known-streets.ts'
import { noticeArrivals } from './dispatch/notice-arrivals.ts'
import { readConfig } from './config.ts'
import { startDemoDay } from './demo/day/start-demo-day.ts'
import { ensureDemo } from './demo/ensure-demo.ts'
import { openAccess } from './access/open-access.ts'
import { auditWriter } from './access/audit-writer.ts'
import { openDemoAccounts } from './demo/demo-accounts.ts'
import { arrivalOf } from './http/admission.ts'
import { seatFor } from './http/seat-for.ts'
import { whoAsks } from './http/who-asks.ts'
import { createApp } from './http/app.ts'
import { forgetOldAnswers } from './http/forget-answers.ts'
import { listen } from './http/listen.ts'
import { createTableReader } from './ingest/thread/table-thread.ts'
import { freezeFinishedWeeks } from './figures/freeze-weeks.ts'
import { nextInChina } from './jobs/china-times.ts'
import { earliest } from './jobs/earliest.ts'
import { startJobs } from './jobs/run-jobs.ts'
import { keepCurrent } from './keep-current.ts'
import { stage } from './launch/stage.mjs'
import { createFixTaker } from './positions/take-fixes.ts'
import { knownRoster } from './positions/roster.ts'
import { endShifts } from './positions/set-duty.ts'
import { trackDaysAhead } from './positions/track-writer.ts'
import { runUntilStopped } from './lifecycle.ts'
import { startLive } from './live/live-server.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import { openDatabase } from './open-database.ts'
import { openPersonalData } from './open-personal-data.ts'
import { loadPlaces } from './places/locate.ts'
import { retain } from './privacy/retain.ts'
import { warnOfOtherKey } from './privacy/warn-of-other-key.ts'
import { sayReady } from './say-ready.ts'
import { readPmtiles } from './tiles/pmtiles-file.ts'
import { tileRoutes } from './tiles/tile-routes.ts'
import { keepUploadsSwept } from './uploads/sweep-uploads.ts'
import { settleAllZones } from './renovation/settle-zones.ts'
import { hashSigners } from './wages/hash-signers.ts'
import { settleAllWorksites } from './wages/settle-worksite.ts'

runUntilStopped(async (lifecycle) => {
  const config = readConfig()
  const log = createLog(config.logLevel)
  const rulebook = readRulebook(config.caseRules)
  const pmtiles = config.basemap.from === 'pmtiles'
    ? await readPmtiles(config.basemap.file)
    : null

  const http = await listen(config)
  lifecycle.onStop('http', http.close)
  const { sql, url } = await openDatabase(config, log, lifecycle)
  const personal = await openPersonalData(config)
  await warnOfOtherKey(sql, personal, log)

  if (config.demo) {
    await ensureDemo({
      sql,
      databaseUrl: url,
      onStage: stage,
      signal: lifecycle.stopping,
    })
  }

  const isDemo = await readDemoMark(sql) !== null
  const demoAccounts = isDemo
    ? await openDemoAccounts(sql, config.demoPassword)
    : null
  const access = await openAccess({ sql, config, url: http.url, log })
  const identify = whoAsks({ access, isDemo, publicOrigin: config.publicOrigin })

  const metrics = createMetrics()
  const places = await loadPlaces(sql)
  const cases = {
    sql,
    places,
    personal,
    ...rulebook,
    now: () => new Date(),
  }

  const coverage = startCoverageService({
    sql,
    databaseUrl: url,
    log,
    beginAfterMs: 2000,
  })
  lifecycle.onStop('coverage', coverage.stop)
  const roster = knownRoster(sql)
  const arrivals = noticeArrivals(cases, log)
  const live = startLive({
    http: http.server,
    sql,
    databaseUrl: url,
    log,
    metrics,
    contract: contractHash(),
    publicOrigin: config.publicOrigin ?? undefined,
    identify: async request => seatFor(await identify(new Headers(request.headers as Record<string, string>), arrivalOf(request))),
    stillSeated: access.stillSeated,
    onAccess(id) {
      roster.forget()
      void access.forget(id)
    },
    ...keepCurrent({
      places,
      coverage,
      roster,
      arrivals,
      log,
    }),
  })
  lifecycle.onStop('live', live.stop)
  const dispatch = {
    ...cases,
    streets: knownStreets(sql),
    positionOf: live.positionOf,
  }
  const fixes = createFixTaker({
    sql,
    log,
    roster,
    live,
    onTaken: reports => void arrivals.seen(reports),
  })
  lifecycle.onStop('positions', fixes.stop)

  const uploads = {
    folder: join(config.dataDir, 'uploads'),
  }
  const register = batchedRegistration(cases, size => metrics.writeBatch.observe(size))
  const app = createApp({
    sql,
    config,
    log,
    identify,
    auth: access.handler,
    audit: auditWriter(sql, access.auditKey),
    auditKey: access.auditKey,
    signOn: config.oidc !== null,
    cases,
    register,
    coverage,
    streets: dispatch.streets,
    positions: { fixes, roster, live },
    imports: createTableReader(url),
    readiness: live.state,
    metrics: metrics.registry,
    uploads,
    rateLimits: config.rateLimits,
    pages: join(import.meta.dirname, '../dist'),
    mounted: [
      tileRoutes({ sql, config, pmtiles }),
    ],
  })
  http.serve(app.fetch)
  const jobs = startJobs({
    sql,
    log,
    timed: {
      async run(now) {
        await runAssignmentTimers(dispatch, now)
        await announceCards(sql, now)
        await endShifts(sql, now)
      },
      next: () => earliest(nextAnswerBy(sql), nextCardAt(sql), nextShiftEnd(sql)),
    },
    jobs: [
      {
        name: 'settle-deadlines', // after a start the program may know another year's holidays
        next: now => nextInChina(now, '00:30'),
        run: tx => settleDeadlines(tx, cases),
        atStart: true,
      },
      {
        name: 'freeze-weeks', // what ended while nobody ran is taken down by the next start
        next: now => nextInChina(now, '00:05', 1),
        run: (tx, now) => freezeFinishedWeeks(tx, { rules: cases.rules, now }),
        atStart: true,
      },
      {
        name: 'wage-warnings', // a month becomes overdue by the day alone
        next: now => nextInChina(now, '00:10'),
        run: (tx, now) => settleAllWorksites(tx, now),
        atStart: true,
      },
      {
        name: 'hash-signers', // a database from before they had a hash
        next: now => nextInChina(now, '00:12'),
        run: tx => hashSigners(tx, cases.personal),
        atStart: true,
      },
      {
        name: 'warranty-clock', // the end of a warranty comes nearer by the day alone
        next: now => nextInChina(now, '00:15'),
        run: (tx, now) => settleAllZones(tx, now),
        atStart: true,
      },
      {
        name: 'track-days',
        next: now => nextInChina(now, '20:00'),
        run: (_, now) => makeTrackDays(sql, trackDaysAhead(now)),
        atStart: true,
      },
      {
        name: 'retention',
        next: now => nextInChina(now, '03:30'),
        run: (_, now) => retain(sql, { auditKey: access.auditKey, now, apply: true }),
      },
    ],
  })
  lifecycle.onStop('jobs', jobs.stop)
  void forgetOldAnswers({ sql, log, signal: lifecycle.stopping })
  void keepUploadsSwept({
    sql,
    files: uploads,
    log,
    signal: lifecycle.stopping,
  })
  while (!live.state().ready)
    await sleep(10)
  if (config.demo) {
    const day = startDemoDay({
      cases,
      register,
      takeFixes: fixes.take,
      log,
      signal: lifecycle.stopping,
    })
    lifecycle.onStop('demo day', () => day)
  }
  sayReady(http.url, config, demoAccounts)
})
