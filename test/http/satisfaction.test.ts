import type { RateName } from '#contract/figures.ts'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { CaseRates } from '#contract/figures.ts'
import { defaultCaseRules } from '../../server/cases/terms.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql) // its clock stands at noon of 2026-11-24
const west = `${town}001`
const east = `${town}002`

const at = (text: string) => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`)
const phone = new Uint8Array([1])
let number = 0
beforeEach(async () => {
  await db.sql`truncate cases, case_steps cascade`
})

/** A case of the west, reported long ago, without anything that counts. Times are China's: '11-03 10:00'. */
async function add(said: Record<string, unknown> & { steps?: Record<string, unknown>[] } = {}): Promise<void> {
  const { steps = [], ...columns } = said
  const id = `C${++number}`
  const row = {
    subdistrict: town,
    id,
    kind: 'noise',
    source: 'hotline',
    status: 'in-progress',
    content: '…',
    community: west,
    reported_at: '06-01 08:00',
    due_at: '06-08 18:00',
    contact_phone: phone,
    ...columns,
  }
  const dated = Object.fromEntries(Object.entries(row).map(([name, value]) => [
    name,
    name.endsWith('_at') && value !== null
      ? at(value as string)
      : value,
  ]))
  await db.sql`insert into cases ${db.sql(dated)}`
  for (const [index, step] of steps.entries()) {
    await db.sql`insert into case_steps ${db.sql({
      subdistrict: town,
      case_id: id,
      seq: index + 1,
      actor: 'duty',
      ...step,
      at: at(step.at as string),
    })}`
  }
}
function callBack(when: string, satisfied: boolean | null, solved: boolean | null = satisfied) {
  return {
    at: when,
    action: 'call-back',
    to_status: satisfied ? 'resolved' : 'reopened',
    satisfied,
    solved,
  }
}

async function ask(query = 'from=2026-11-01&to=2026-11-30', asker = http) {
  const answer = await asker.get(`/api/v1/figures/satisfaction?${query}`)
  expect(answer.status).toBe(200)
  const figures = CaseRates.parse(await answer.json())
  const rate = (name: RateName) => figures.rates.find(({ rate }) => rate === name)!
  const short = (name: RateName) => {
    const { numerator, denominator, excluded } = rate(name)
    return [
      `${numerator}/${denominator}`,
      ...excluded.map(({ reason, count }) => `${reason} ${count}`),
    ].join(', ')
  }
  return { figures, rate, short }
}

it('of 972 cases to be finished, 911 finished and 737 of them in time are 93.72 % and 75.82 %: what is open and overdue lowers both (天门 2016-12)', async () => {
  await db.sql`
    insert into cases (subdistrict, id, kind, source, status, content, community, reported_at, due_at, resolved_at)
    select ${town}, 'T' || n, 'property', 'hotline', case when n <= 911 then 'closed' else 'in-progress' end, '…', ${west}, ${at('11-02 08:00')}, ${at('11-09 18:00')},
      case when n <= 737 then ${at('11-09 18:00')}::timestamptz when n <= 911 then ${at('11-10 09:00')}::timestamptz end
    from generate_series(1, 972) as n`
  const { rate, short } = await ask()
  expect(short('done')).toBe('911/972')
  expect(short('inTime')).toBe('737/972')
  const percent = (name: RateName) => (100 * rate(name).numerator / rate(name).denominator).toFixed(2)
  expect([
    percent('done'),
    percent('inTime'),
  ]).toEqual(['93.72', '75.82'])
})

it('a contact is due so many hours after the report by urgency; without a telephone nobody could be called', async () => {
  const reported = { reported_at: '11-10 08:00' }
  await add({ ...reported, contacted_at: '11-11 08:00' }) // 24 h: just in time
  await add({ ...reported, contacted_at: '11-11 08:01' })
  await add({ ...reported, urgency: 'emergency', contacted_at: '11-10 09:01' }) // 1 h
  await add({ ...reported })
  await add({ ...reported, contact_phone: null })
  await add({ ...reported, contact_phone: null, contacted_at: '11-10 10:00' }) // met at the door
  await add({ ...reported, status: 'merged' })
  await add({ ...reported, status: 'closed', source_ref: 'JN1' }) // finished elsewhere
  await add({ ...reported, source_ref: 'JN2' }) // came from elsewhere, and nobody has called
  await add({ reported_at: '11-23 13:00' }) // due at 13:00 on the 24th: an hour ahead
  await add({ reported_at: '10-31 09:00', contacted_at: '11-01 07:00' }) // due in the period
  const { short } = await ask()
  expect(short('response')).toBe('3/7, merged 1, no-contact 1, not-recorded 1')
})

it('every call-back of the period counts; who was not reached or not asked is excluded with the reason', async () => {
  await add({
    steps: [
      callBack('11-03 10:00', false),
      callBack('11-05 10:00', true),
    ],
  })
  await add({
    steps: [
      callBack('11-03 10:00', null),
    ],
  })
  await add({
    steps: [
      callBack('11-03 10:00', true, null),
    ],
  })
  await add({
    steps: [
      callBack('11-03 10:00', true, false),
    ],
  })
  await add({
    steps: [
      callBack('10-31 23:59', true),
    ],
  })
  await add({ status: 'closed', satisfied: true, called_back_at: '11-07 10:00' }) // imported
  await add({ status: 'closed', satisfied: false, closed_at: '11-07 10:00' }) // imported, its day not written down
  const { short } = await ask()
  expect(short('satisfied')).toBe('4/6, unreached 1')
  expect(short('solved')).toBe('1/3, not-asked 3, unreached 1')
})

it('a day in China begins at 16:00 UTC of the day before, and the last day is included', async () => {
  await add({
    steps: [
      callBack('11-03 00:00', true),
    ],
  })
  await add({
    steps: [
      callBack('11-04 23:59', true),
    ],
  })
  await add({
    steps: [
      callBack('11-05 00:00', true),
    ],
  })
  await add({
    steps: [
      callBack('11-02 23:59', true),
    ],
  })
  const { short } = await ask('from=2026-11-03&to=2026-11-04')
  expect(short('satisfied')).toBe('2/2')
})

it('merged, on account and without deadline are not due; a promised day that has passed is, and what is due later not yet', async () => {
  const due = { due_at: '11-20 18:00' }
  await add({ ...due, status: 'merged' })
  await add({ ...due, status: 'closed', closed_at: '11-20 17:00' })
  await add({
    ...due,
    status: 'suspended',
    clock_paused_at: '11-02 08:00',
    due_before_pause: at('11-06 18:00'),
  })
  await add({
    due_at: '12-20 18:00',
    status: 'suspended',
    clock_paused_at: '11-02 08:00',
    due_before_pause: at('11-06 18:00'),
  })
  await add({ due_at: null, reported_at: '11-10 08:00', contacted_at: '11-10 09:00' })
  await add({ due_at: '11-24 18:00' })
  await add({ ...due, status: 'resolved', resolved_at: '11-22 10:00' })
  const { short } = await ask()
  expect(short('done')).toBe('2/3, deadline-unknown 1, merged 1, on-account 1')
  expect(short('inTime')).toBe('1/3, deadline-unknown 1, merged 1, on-account 1')
})

it('groups come with what lowers the rate most first, and each has its own parts', async () => {
  await add({
    community: west,
    kind: 'wages',
    steps: [
      callBack('11-03 10:00', false),
    ],
  })
  for (let i = 0; i < 3; i++) {
    await add({
      community: east,
      kind: 'noise',
      steps: [
        callBack('11-03 10:00', false),
        callBack('11-04 10:00', true),
      ],
    })
  }
  await add({
    community: null,
    kind: 'noise',
    steps: [
      callBack('11-03 10:00', true),
    ],
  })
  const told = async (by: string) => (await ask(`from=2026-11-01&to=2026-11-30&by=${by}`)).rate('satisfied').groups.map(({ key, numerator, denominator }) => [key, numerator, denominator])
  expect(await told('community')).toEqual([
    [east, 3, 6],
    [west, 0, 1],
    [null, 1, 1],
  ])
  expect(await told('kind')).toEqual([
    ['noise', 4, 7],
    ['wages', 0, 1],
  ])
  expect(await told('source')).toEqual([
    ['hotline', 4, 8],
  ])
  expect(await told('subdistrict')).toEqual([
    [town, 4, 8],
  ])
})

it('the stock of 连续不满意 is told for both ends of the period', async () => {
  await add({
    dissatisfied_in_row: 2,
    steps: [
      callBack('10-03 10:00', false),
      callBack('10-05 10:00', false),
    ],
  })
  await add({
    community: east,
    dissatisfied_in_row: 2,
    steps: [
      callBack('10-03 10:00', false),
      callBack('11-05 10:00', false),
    ],
  })
  await add({
    dissatisfied_in_row: 0,
    steps: [
      callBack('10-03 10:00', false),
      callBack('10-05 10:00', false),
      callBack('11-20 10:00', true),
    ],
  })
  await add({
    dissatisfied_in_row: 1,
    steps: [
      callBack('11-03 10:00', false),
    ],
  })
  const { figures: { dissatisfied } } = await ask()
  expect(dissatisfied).toMatchObject({
    from: 2,
    atStart: 2,
    entered: 1,
    left: 1,
    atEnd: 2,
  })
  expect(dissatisfied.groups.map(({ key, atEnd }) => [key, atEnd])).toEqual([
    [east, 1],
    [west, 1],
  ])
  const { figures: october } = await ask('from=2026-10-01&to=2026-10-31')
  expect(october.dissatisfied).toMatchObject({
    atStart: 0,
    entered: 2,
    left: 0,
    atEnd: 2,
  })
})

it('a community has its own figures, whatever region it asks for; a wall and a grid worker have none', async () => {
  await add({
    community: west,
    dissatisfied_in_row: 2,
    steps: [
      callBack('11-03 10:00', false),
      callBack('11-04 10:00', false),
    ],
  })
  await add({
    community: east,
    steps: [
      callBack('11-03 10:00', true),
    ],
  })
  const community = http.as('community', { region: east })
  const own = await ask(undefined, community)
  expect(own.short('satisfied')).toBe('1/1')
  expect(own.figures.dissatisfied.atEnd).toBe(0)
  expect((await ask(`from=2026-11-01&to=2026-11-30&region=${west}`, community)).short('satisfied')).toBe('0/0')
  expect((await ask(`from=2026-11-01&to=2026-11-30&region=${west}`)).short('satisfied')).toBe('0/2')
  for (const role of ['inspector', 'planner', 'admin'] as const)
    expect((await ask(undefined, http.as(role))).short('satisfied')).toBe('1/3')
  for (const role of ['wall', 'grid'] as const)
    expect((await http.as(role).get('/api/v1/figures/satisfaction?from=2026-11-01&to=2026-11-30')).status).toBe(403)
})

it('refuses a period that is none', async () => {
  for (const query of [
    '',
    'from=2026-11-02&to=2026-11-01',
    'from=2024-01-01&to=2026-01-01',
    'from=1999-01-01&to=1999-02-01',
    'from=2026-11-01&to=2026-11-02&by=colour',
  ])
    expect((await http.get(`/api/v1/figures/satisfaction?${query}`)).status).toBe(422)
})

it('with the ranking switched off groups come by their code, whoever does worse', async () => {
  for (let i = 0; i < 3; i++) {
    await add({
      community: east,
      dissatisfied_in_row: 2,
      steps: [
        callBack('11-03 10:00', false),
        callBack('11-04 10:00', false),
      ],
    })
  }
  await add({
    community: west,
    dissatisfied_in_row: 2,
    steps: [
      callBack('11-03 10:00', false),
      callBack('11-04 10:00', false),
    ],
  })
  const askedBy = async (as: typeof http) => CaseRates.parse(await (await as.get('/api/v1/figures/satisfaction?from=2026-11-01&to=2026-11-10&by=community')).json())
  const keys = ({ rates, dissatisfied }: CaseRates) => [
    rates.find(({ rate }) => rate === 'satisfied')!,
    dissatisfied,
  ].map(({ groups }) => groups.map(({ key }) => key))
  const unranked = testHttp(db.sql, {
    cases: caseContext(db.sql, {
      rules: { ...defaultCaseRules, ranking: false },
    }),
  })
  expect(keys(await askedBy(http))).toEqual([
    [east, west],
    [east, west],
  ])
  expect(keys(await askedBy(unranked))).toEqual([
    [west, east],
    [west, east],
  ])
})
