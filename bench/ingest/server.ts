import process from 'node:process'
import { connect } from '../../db/connect.ts'
import { listen } from '../../server/http/listen.ts'
import { testHttp } from '../../test/world/http.ts'
import { answerUsage } from '../live/measured.ts'

/** The HTTP interface by itself, as a duty officer sees it, on the database that argument 1 names. */
const http = await listen({ host: '127.0.0.1', port: 0 })
http.serve(testHttp(connect(process.argv[2]!)).app.fetch)
answerUsage(Number(new URL(http.url).port))
