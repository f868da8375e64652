import process from 'node:process'
import { connect } from '../../db/connect.ts'
import { liveWorld } from '../../test/world/live.ts'
import { answerUsage } from './measured.ts'

/** The live engine by itself, on the database that argument 1 names. */
const url = process.argv[2]!
const world = await liveWorld({
  sql: connect(url),
  url,
})
answerUsage(Number(new URL(world.url).port))
process.on('message', ({ ask }: { ask?: string }) => {
  if (ask === 'metrics')
    void world.metrics.registry.metrics().then(metrics => process.send!({ metrics }))
})
