import type { Sql } from '../db/connect.ts'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { findCompany, signerOf } from '../db/queries/exposure.ts'
import { createRandom } from '../server/demo/random.ts'
import { createLog } from '../server/log.ts'
import { personalData } from '../server/privacy/personal-data.ts'
import { exposureOfCompany, exposureOfSigner } from '../server/wages/show-exposure.ts'

const siteCount = 5000
const linksASite = 10
const companyCount = 2000
const rounds = 300
const subdistrict = '990101001'
const roles = [
  'developer',
  'general-contractor',
  'subcontractor',
  'subcontractor',
  'subcontractor',
  'labour',
  'labour',
  'labour',
  'crew',
  'crew',
]

/**
 * Milliseconds for a company's or person's exposure over 50,000 links in a database of its own, to the answer as the route gives it.
 * The largest firm is on some hundred sites, most are on a few; two persons sign for a firm, and one link in twenty was signed by
 * somebody else's. A firm is drawn by its links, as somebody comes upon it in a chain.
 */
export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const embedded = await startEmbedded({
    dataDir: folder,
    log: createLog('silent'),
  })
  const sql = connect(embedded.url, { name: 'bench wages' })
  try {
    await migrate(sql)
    const personal = personalData(randomBytes(32))
    const links = await fill(sql, personal)
    const random = createRandom('wages bench')
    const reader = {
      sql,
      personal,
      now: new Date(),
      masked: false,
    }
    const ask = async (company: string) => (await exposureOfCompany(reader, (await findCompany(sql, company))!, null))!
    const [largest] = [
      ...Map.groupBy(links, ({ company }) => company),
    ].sort(([, a], [, b]) => b.length - a.length)[0]!
    const companies = await measure(() => ask(random.pick(links).company))
    const worst = await measure(() => ask(largest))
    const signers = await measure(async () => {
      const { worksite, party } = random.pick(links)
      await exposureOfSigner(reader, (await signerOf(sql, { subdistrict, worksite }, party))!, null)
    })
    return {
      'links': links.length,
      'a company: p50, ms': companies.p50,
      'a company: p95, ms (≤ 50)': companies.p95,
      'sites of the largest': (await ask(largest)).sites.length,
      'the largest: p50, ms': worst.p50,
      'the largest: p95, ms': worst.p95,
      'a person: p50, ms': signers.p50,
      'a person: p95, ms': signers.p95,
    }
  }
  finally {
    await sql.end({ timeout: 1 })
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(once: () => Promise<unknown>): Promise<{ p50: number, p95: number }> {
  const times: number[] = []
  for (let round = -20; round < rounds; round++) {
    const begun = performance.now()
    await once()
    if (round >= 0)
      times.push(performance.now() - begun)
  }
  times.sort((a, b) => a - b)
  return {
    p50: times[rounds >> 1]!,
    p95: times[Math.floor(rounds * 0.95)]!,
  }
}

interface Planted { worksite: string, party: string, company: string }

async function fill(sql: Sql, personal: ReturnType<typeof personalData>): Promise<Planted[]> {
  const random = createRandom('wages bench town')
  /** Of `count`, the first often and the last seldom. */
  const some = (count: number) => Math.floor(count * random.between(0, 1) ** 1.5)
  await sql`
    insert into companies (subdistrict, id, name, spelling)
    select ${subdistrict}, 'c' || n, '公司' || n, '公司' || n from generate_series(0, ${companyCount - 1}) as n`
  await sql`
    insert into company_merges (subdistrict, id, company, into_company, merged_by, merged_at)
    select ${subdistrict}, 'm' || n, 'c' || n, 'c' || (n - 1), 'bench', now() from generate_series(1, ${companyCount - 1}, 20) as n`
  await sql`
    insert into worksites (subdistrict, id, name, community, location, owed_yuan, owed_people, warning)
    select ${subdistrict}, 's' || n, '工地' || n, ${subdistrict} || lpad((1 + n % 12)::text, 3, '0'), point(116.3, 39.9),
      case when n % 3 = 0 then 10000 * (1 + n % 97) else 0 end, case when n % 3 = 0 then 1 + n % 50 else 0 end,
      case when n % 3 = 0 then 'red' else 'none' end
    from generate_series(0, ${siteCount - 1}) as n`
  const rows = Array.from({ length: siteCount }, (_, site) => roles.map((role, nr) => {
    const company = some(companyCount)
    const signer = `签约人${random.chance(0.95)
      ? company
      : some(companyCount)}-${random.integer(1, 2)}`
    return {
      subdistrict,
      id: `s${site}/p${nr}`,
      worksite: `s${site}`,
      parent: nr === 0
        ? null
        : `p${random.integer(Math.max(0, nr - 3), nr - 1)}`,
      nr,
      role,
      company: `c${company}`,
      company_subdistrict: subdistrict,
      amount_yuan: random.integer(1, 900) * 10_000,
      qualified: random.chance(0.9),
      signer: personal.seal(signer),
      signer_hash: personal.nameHash(signer),
    }
  })).flat()
  for (let at = 0; at < rows.length; at += 2000)
    await sql`insert into worksite_parties ${sql(rows.slice(at, at + 2000))}`
  await sql`analyze`
  if (rows.length !== siteCount * linksASite)
    throw new Error('another number of links than was promised')
  return rows.map(({ worksite, id, company }) => ({
    worksite,
    company,
    party: id.slice(worksite.length + 1),
  }))
}
