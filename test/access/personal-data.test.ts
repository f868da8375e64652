import type { CaseFeature } from '#contract/case.ts'
import type { Screen } from '../world/live.ts'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LayerName } from '#contract/live.ts'
import { Role } from '#contract/role.ts'
import { readEvents } from '../../db/queries/events.ts'
import { batchedRegistration } from '../../server/cases/batched-registration.ts'
import { policyKey } from '../../server/http/guard.ts'
import { personalData } from '../../server/privacy/personal-data.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { append } from '../world/events.ts'
import { eventually } from '../world/eventually.ts'
import { testHttp } from '../world/http.ts'
import { liveWorld, screenOn, seatOf } from '../world/live.ts'
import { east, town, west } from '../world/places.ts'
import { link, plantWorksite } from '../world/wages.ts'

/** What two residents and an officer said of themselves, and who signed contracts of a worksite. `home`: in the community and among the tasks of those who ask. */
const planted = {
  contact: {
    home: ['诸葛植秘', '13812340001'],
    away: ['诸葛移花', '13812340002'],
  },
  text: {
    home: [
      '我家孩子植入甲每晚哭闹',
      '370102199001010011',
      '7号楼3单元1402甲',
      '办结说明植入甲',
    ],
    away: [
      '我家老人植入乙摔倒过',
      '370102195001010022',
      '9号楼1单元0203乙',
      '退单理由植入乙',
    ],
  },
  officer: {
    home: ['司徒巡家'],
    away: ['司徒巡外'],
  },
  officerPhone: {
    home: ['13912340003'],
    away: ['13912340004'],
  },
  signer: {
    home: ['公孙签甲'],
    away: ['公孙签乙'],
  },
}
type Kind = keyof typeof planted
type Seen = Partial<Record<Kind, 'home' | 'both'>>

/**
 * What each role may see, by interface.md and 条例 art. 32: the desk handles every case; a community's handler and a grid worker
 * their own; the inspector reads what was written but calls nobody; who plans, administers or hangs on a wall sees no person.
 */
const maySee: Record<Role, Seen> = {
  wall: {},
  duty: {
    contact: 'both',
    text: 'both',
    officer: 'both',
    signer: 'both',
  },
  grid: { contact: 'home', text: 'home', officer: 'home' },
  community: {
    contact: 'home',
    text: 'home',
    officer: 'home',
    signer: 'home',
  },
  planner: {},
  inspector: { text: 'both', signer: 'both' },
  admin: {},
}
/** Where who gives out accounts picks the officer that one is for: names of staff, nothing else. */
const officersToPick = '/api/v1/accounts/officers'
const bound = { region: `${town}001`, officer: 'o-home' }

const db = await testDatabase()
const cases = caseContext(db.sql, {
  personal: personalData(randomBytes(32)),
})
const http = testHttp(db.sql, {
  cases,
  register: batchedRegistration(cases),
})
const roles = Role.options
const ids: string[] = []
let report: { number: string, code: string }
let world: Awaited<ReturnType<typeof liveWorld>>
let screens: Record<Role, Screen>
/** Every word that came over the socket, as it came. */
const frames = Object.fromEntries(roles.map(role => [role, ''])) as Record<Role, string>

beforeAll(async () => {
  for (const [place, [name]] of Object.entries(planted.officer)) {
    await db.sql`
      insert into officers (subdistrict, id, name, phone, community, location, seen_at)
      values (${town}, ${`o-${place}`}, ${name!}, ${cases.personal.seal(planted.officerPhone[place as 'home'][0]!)},
        ${place === 'home'
          ? `${town}001`
          : `${town}002`}, point(116.95, 36.65), now())`
  }
  world = await liveWorld(db, {
    identify: async ({ headers }) => seatOf(Role.parse(headers['x-role']), bound),
  })
  screens = Object.fromEntries(roles.map(role => [
    role,
    listen(role),
  ])) as Record<Role, Screen>
  await Promise.all(roles.map(role => screens[role].reaches(0)))

  const home = await plant('home', west)
  const away = await plant('away', east)
  ids.push(home, away, 'o-home', 'o-away')
  await act(home, 'dispatch', { assignee: 'o-home' })
  await act(home, 'accept')
  await act(home, 'start')
  await act(home, 'resolve', {
    evidence: [
      { kind: 'text', text: planted.text.home[3] },
    ],
  })
  await act(away, 'dispatch', { assignee: 'o-away' })
  await act(away, 'request-return', { reason: planted.text.away[3] })
  for (const [place, [signer]] of Object.entries(planted.signer)) {
    await plantWorksite(db.sql, `site-${place}`, place === 'home'
      ? `${town}001`
      : `${town}002`)
    const written = await http.put(`/api/v1/worksites/site-${place}/wages/parties`, {
      version: 0,
      parties: [
        link('a', null, { signer: signer! }),
      ],
    })
    expect(written.status).toBe(200)
    ids.push(`site-${place}`)
  }
  for (const [place, [name]] of Object.entries(planted.officer)) {
    await append(db.sql, {
      type: 'officer.changed',
      id: `o-${place}`,
      regions: [
        place === 'home'
          ? `${town}001`
          : `${town}002`,
      ],
      feature: {
        type: 'Feature',
        id: `o-${place}`,
        geometry: { type: 'Point', coordinates: west },
        properties: { id: `o-${place}`, name },
      },
    })
  }
  const filed = await http.unsigned().post('/api/v1/reports', {
    content: planted.text.away.slice(0, 2).join(),
    address: planted.text.away[2],
    contact: { name: planted.contact.away[0], phone: planted.contact.away[1] },
    consent: true,
    location: { lng: east[0], lat: east[1] },
  }, { 'Idempotency-Key': 'a-key-of-this-report' })
  report = await filed.json() as typeof report
  ids.push(report.number)
  // What somebody who has just come gets at once, and what somebody gets who was away from the beginning.
  const late = roles.map(role => listen(role))
  const resumed = roles.map(role => listen(role, { epoch: screens[role].position()!.epoch, seq: 0 }))
  const { length: seq } = await readEvents(db.sql, 0, 5000)
  await Promise.all([
    ...Object.values(screens),
    ...late,
    ...resumed,
  ].map(screen => screen.reaches(seq)))
  const reported = {
    lng: west[0],
    lat: west[1],
    seenAt: Date.now(),
    subdistrict: town,
    regions: [`${town}001`],
  }
  world.live.reportPositions([
    { ...reported, id: 'o-home' },
  ])
  await eventually(() => screens.duty.positions.length > 0)
  return () => [
    ...Object.values(screens),
    ...late,
    ...resumed,
  ].forEach(screen => screen.close())
}, 60_000)
afterAll(async () => {
  await world.stop()
  await db.drop()
})

function listen(role: Role, since: { epoch: string, seq: number } | null = null): Screen {
  const screen = screenOn(world.url, {
    layers: [...LayerName.options],
  }, since, {
    headers: { 'x-role': role },
  })
  screen.socket.onAny((...message) => frames[role] += JSON.stringify(message))
  return screen
}

async function plant(place: 'home' | 'away', [lng, lat]: [number, number]): Promise<string> {
  const [text, idNumber, unit] = planted.text[place]
  const [name, phone] = planted.contact[place]
  const response = await http.post('/api/v1/cases', {
    content: `${text}，身份证 ${idNumber}`,
    address: `春柳新村${unit}`,
    location: { lng, lat },
    contact: { name, phone },
  })
  expect(response.status).toBe(201)
  return (await response.json() as CaseFeature).id
}

async function act(id: string, action: string, input: object = {}): Promise<void> {
  const response = await http.post(`/api/v1/cases/${id}/actions/${action}`, input)
  expect(response.status, await response.clone().text()).toBe(200)
}

/** Which planted things the text holds, each with whose it is. */
function found(text: string): string[] {
  return Object.entries(planted).flatMap(([kind, places]) => Object.entries(places).flatMap(([place, words]) =>
    words.filter(word => text.includes(word)).map(word => `${kind} of ${place}: ${word}`)))
}

/** The same of what the role may see, whether it has to come or not. */
function allowed(role: Role | null): string[] {
  return Object.entries(role
    ? maySee[role]
    : {}).flatMap(([kind, seen]) =>
    Object.entries(planted[kind as Kind]).flatMap(([place, words]) => seen === 'both' || place === seen
      ? words.map(word => `${kind} of ${place}: ${word}`)
      : []))
}

const readable = [
  ...new Set(http.app.routes.filter(({ method }) => method === 'GET').map(({ path }) => policyKey('', path).trim())),
]

/** Every readable address, with every id that there is, and the questions that somebody who wants to know would ask. */
function addresses(): string[] {
  const questions = [
    '/api/v1/cases?updatedSince=2020-01-01T00:00:00Z&limit=5000',
    '/api/v1/events?after=0&limit=5000',
    `/api/v1/ledger?q=${encodeURIComponent('植入')}`,
    '/api/v1/ledger?assignee=o-away',
    `/api/v1/cases?region=${town}002`,
    `/api/v1/officers?region=${town}002`,
    '/api/v1/audit?limit=500',
  ]
  return [
    ...readable.filter(path => path !== '/api/v1/coverage').flatMap(path => path.includes('{id}')
      ? ids.map(id => path.replace('{id}', id))
      : [path]),
    ...questions,
  ]
}

describe('of what residents and officers said of themselves', () => {
  it.each(roles)('%s reads over HTTP what the role may see, and nothing else', async (role) => {
    const as = http.as(role, bound)
    let all = ''
    for (const address of addresses()) {
      const response = await as.get(address)
      expect(response.status, address).toBeLessThan(500)
      const text = await response.text() + JSON.stringify([...response.headers])
      const more = role === 'admin' && address === officersToPick
        ? /^officer of/
        : null
      expect(found(text).filter(what => !allowed(role).includes(what) && !more?.test(what)), address).toEqual([])
      all += text
    }
    // A test that finds nothing because nothing was there would prove nothing.
    const inNoList = /办结说明|退单理由/
    expect(allowed(role).filter(what => !found(all).includes(what) && !inNoList.test(what))).toEqual([])
  })

  it('nobody who has not signed in reads any of it, the complainant himself included', async () => {
    for (const address of addresses())
      expect(found(await (await http.unsigned().get(address)).text()), address).toEqual([])
    const status = await http.unsigned().post('/api/v1/reports/status', report)
    expect(status.status).toBe(200)
    expect(found(await status.text())).toEqual([])
  })

  it.each(roles)('%s gets over the socket what the role may see, and never who complains', (role) => {
    const seen = found(frames[role])
    expect(seen.filter(what => !allowed(role).includes(what) || what.startsWith('contact'))).toEqual([])
    const layers = allowed(role).filter(what => what.startsWith('text of') && /我家|单元/.test(what))
    expect(layers.filter(what => !seen.includes(what))).toEqual([])
  })

  it.each(roles)('%s learns nothing more by trying what may be done with a case', async (role) => {
    const as = http.as(role, { ...bound, userId: 'somebody-else' })
    for (const id of ids) {
      for (const action of [
        'accept',
        'call-back',
        'contact',
        'locate',
        'merge',
      ]) {
        const response = await as.post(`/api/v1/cases/${id}/actions/${action}`, {
          version: 999,
          reason: 'x',
          into: ids[1],
          satisfied: true,
        })
        const seen = found(await response.text())
        expect(seen.filter(what => !allowed(role).includes(what)), `${action} of ${id}`).toEqual([])
      }
    }
  })

  it('who complains is in no event and in no table as it was said', async () => {
    const [row] = await db.sql`
      select
        (select string_agg(data::text || coalesce(whole::text, ''), '') from events) as events,
        (select string_agg(c::text, '') from cases c) as cases,
        (select string_agg(o::text, '') from officers o) as officers,
        (select string_agg(p::text, '') from worksite_parties p) as parties,
        (select string_agg(a::text, '') from audit a) as audit,
        (select coalesce(string_agg(i::text, ''), '') from idempotency i) as answers`
    for (const [table, text] of Object.entries(row!)) {
      expect(String(text).length, table).toBeGreaterThan(0)
      expect(found(String(text)).filter(what => /^(?:contact|officerPhone|signer)/.test(what)), table).toEqual([])
    }
  })

  it('every look at a complainant is in the trail, with who it was', async () => {
    const looks = await db.sql`select role, target from audit where action = 'case.see-contact' order by seq`
    expect(looks.map(({ role }) => role)).toEqual(expect.arrayContaining(['duty', 'grid', 'community']))
    expect(looks.filter(({ role }) => !['duty', 'grid', 'community'].includes(String(role)))).toEqual([])
  })
})
