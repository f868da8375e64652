import { Hono } from 'hono'
import { readConfig } from './config.ts'
import { listen } from './http/listen.ts'
import { stage } from './launch/stage.mjs'
import { runUntilStopped } from './lifecycle.ts'
import { createLog } from './log.ts'
import { openDatabase } from './open-database.ts'

runUntilStopped(async (lifecycle) => {
  const config = readConfig()
  const log = createLog(config.logLevel)

  const http = await listen(config)
  lifecycle.onStop('http', http.close)
  const { sql } = await openDatabase(config, log, lifecycle)

  const app = new Hono()
  app.get('/healthz', c => c.json({ status: 'ok' }))
  app.get('/readyz', async c => c.json({ status: 'ok', epoch: (await sql`select value from meta where key = 'epoch'`)[0]?.value }))
  http.serve(app.fetch)
  stage(`就绪 · Ready: ${http.url}`)
})
