import type { Sql } from '../db/connect.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { generateTown } from '../server/demo/generate-town.ts'
import { createRandom } from '../server/demo/random.ts'
import { runImport } from '../server/ingest/run-import.ts'
import { createLog } from '../server/log.ts'
import { loadPlaces } from '../server/places/locate.ts'
import { noises } from './addresses/noise.ts'
import { sampleAddresses } from './addresses/sample.ts'

const addresses = 10_000
const baselineAddresses = 1000

/**
 * Ten thousand addresses of the demo town with noise, through the same door as a new case: how many come to the right house,
 * how many to a wrong one without a person being asked, how many a second. Beside it, for a thousand of them, what a plain
 * search by trigrams (the most similar address wins) does.
 */
export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const embedded = await startEmbedded({
    dataDir: folder,
    log: createLog('silent'),
  })
  const sql = connect(embedded.url, { name: 'bench addresses' })
  try {
    await migrate(sql)
    const [generated] = generateTown({
      seed: 'huizhi',
      size: 'subdistrict',
      now: new Date(),
    })
    for (const { kind, format, open } of generated!.files.filter(({ kind }) => kind !== 'cases' && kind !== 'officers' && kind !== 'population'))
      await runImport({ sql, kind, format, input: open })
    const random = createRandom('addresses')
    const kinds = Object.entries(noises)
    const asked = sampleAddresses(generated!.town, addresses, random).map((parts, i) => {
      const [kind, noise] = kinds[i % kinds.length]!
      return {
        kind,
        text: noise(parts, random),
        building: parts.building,
      }
    })

    const places = await loadPlaces(sql)
    places.find({ address: null, content: '' }) // the book is put together when it is first asked
    const begun = performance.now()
    const answers = asked.map(({ kind, text }) => places.find(kind === 'within a sentence'
      ? { content: text }
      : { address: text, content: '' }))
    const seconds = (performance.now() - begun) / 1000

    const tally = new Map(kinds.map(([kind]) => [
      kind,
      { all: 0, right: 0, wrong: 0 },
    ]))
    asked.forEach(({ kind, building }, i) => {
      const row = tally.get(kind)!
      row.all++
      const answer = answers[i]
      if (answer?.building === building)
        row.right++
      else if (answer && answer.building !== null)
        row.wrong++
    })
    const rows = [
      ...tally.values(),
    ]
    const right = rows.reduce((sum, row) => sum + row.right, 0) / addresses
    const wrong = rows.reduce((sum, row) => sum + row.wrong, 0) / addresses
    const baseline = await byTrigrams(sql, asked.filter((_, i) => i % (addresses / baselineAddresses) === 0))
    return {
      'in the right house: % (≥ 95)': right * 100,
      'in a wrong house, nobody asked: % (≤ 0.5)': wrong * 100,
      'left to a person: %': (1 - right - wrong) * 100,
      'addresses per second (≥ 500)': addresses / seconds,
      'plain trigrams: in the right house, %': baseline.right * 100,
      'plain trigrams: in a wrong house, %': baseline.wrong * 100,
      'plain trigrams: addresses per second': baseline.perSecond,
      'wrong houses, trigrams : ours': baseline.wrong / wrong,
      ...Object.fromEntries([...tally].map(([kind, { all, right, wrong }]) => [
        `${kind}: right / wrong of ${all}`,
        `${right} / ${wrong}`,
      ])),
    }
  }
  finally {
    await sql.end({ timeout: 1 })
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * The most similar address is the answer, whatever it is like. Similarity as pg_trgm has it: shared trigrams by all trigrams.
 * In this process, since pg_trgm on the embedded server leaves Chinese characters out: show_trgm('听泉3号楼') is that of '3'.
 */
async function byTrigrams(sql: Sql, asked: { text: string, building: number }[]): Promise<{ right: number, wrong: number, perSecond: number }> {
  const known = (await sql<{ id: number, address: string }[]>`select id, address from buildings where address is not null`)
    .map(({ id, address }) => ({
      id: Number(id),
      trigrams: trigramsOf(address),
    }))
  let right = 0
  const begun = performance.now()
  for (const { text, building } of asked) {
    const wanted = trigramsOf(text)
    let best = { id: 0, similarity: -1 }
    for (const { id, trigrams } of known) {
      let shared = 0
      for (const trigram of wanted)
        shared += Number(trigrams.has(trigram))
      const similarity = shared / (trigrams.size + wanted.size - shared)
      if (similarity > best.similarity)
        best = { id, similarity }
    }
    right += Number(best.id === building)
  }
  const seconds = (performance.now() - begun) / 1000
  return { right: right / asked.length, wrong: 1 - right / asked.length, perSecond: asked.length / seconds }
}

function trigramsOf(text: string): Set<string> {
  const padded = `  ${text.normalize('NFKC').replace(/\s/g, '')} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3)))
}
