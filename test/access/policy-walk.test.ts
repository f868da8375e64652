import type { EventDraft } from '../../db/queries/events.ts'
import type { Reach, Rule } from '../../server/access/policy.ts'
import type { Screen } from '../world/live.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LayerName, layerOfNoun } from '#contract/live.ts'
import { Role } from '#contract/role.ts'
import { appendEvents, logHead } from '../../db/queries/events.ts'
import { layerPolicy, routePolicy } from '../../server/access/policy.ts'
import { ownScope } from '../../server/access/scope.ts'
import { policyKey } from '../../server/http/guard.ts'
import { tileRoutes } from '../../server/tiles/tile-routes.ts'
import { testDatabase } from '../world/database.ts'
import { subdistrict } from '../world/events.ts'
import { testHttp } from '../world/http.ts'
import { liveWorld, screenOn, seatOf } from '../world/live.ts'

const db = await testDatabase()
afterAll(db.drop)

const roles = Role.options
const standings = ['full', 'must-change-password', 'must-enrol-second-factor'] as const
const fromElsewhere = from('10.1.2.3')
/** Where the asked live: a community of the town, and an officer who is nobody's. */
const home = `${subdistrict}001`
const bound = { region: home, officer: 'o-home' }

const http = testHttp(db.sql, {
  mounted: [
    tileRoutes({
      sql: db.sql,
      config: {
        basemap: { from: 'streets' },
        tiandituKey: null,
        publicOrigin: null,
      },
      pmtiles: {
        path: import.meta.filename,
        bytes: 10,
        version: 'v',
        tiles: 'vector',
        schema: 'huizhi',
        minzoom: 0,
        maxzoom: 1,
        bounds: [0, 0, 1, 1],
        attribution: '',
      },
    }),
  ],
})
const nobody = http.unsigned()
const askers = roles.flatMap(role => standings.map(standing => ({
  role,
  standing,
  as: http.as(role, { ...bound, standing }),
})))
/** Every route that answers, as registered; middleware answers to all methods and is none. */
const routes = [
  ...new Map(http.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => [
      policyKey(method, path),
      { method, path },
    ])),
].map(([key, { method, path }]) => ({ key, method, path }))

describe('every route', () => {
  it('has a line in the policy, and every line has its route', () => {
    expect(routes.map(({ key }) => key).sort()).toEqual(Object.keys(routePolicy).sort())
  })

  it.each(routes)('$key answers nobody and every role as the policy says', async ({ key, method, path }) => {
    const rule = routePolicy[key]
    const said = await ask(nobody, method, path)
    expect(said, 'nobody').toBe(rule === 'public'
      ? 'let in'
      : 'not-signed-in')
    for (const { role, standing, as } of askers) {
      const expected = standing === 'full'
        ? isGiven(rule, role)
          ? 'let in'
          : 'forbidden'
        : rule === 'public' || rule === 'any-standing'
          ? 'let in'
          : standing
      expect(await ask(as, method, path), `${role}, ${standing}`).toBe(expected)
    }
  })

  it('that nobody wrote a line for is refused to everybody', async () => {
    for (const role of roles) {
      const app = testHttp(db.sql).as(role).app
      app.get('/api/v1/forgotten', c => c.text('secret'))
      expect((await app.request('/api/v1/forgotten')).status, role).toBe(403)
    }
  })
})

describe('GET /metrics', () => {
  it('is open on this machine without sign-in', async () => {
    expect((await http.unsigned().app.request('/metrics', {}, from('127.0.0.1'))).status).toBe(200)
  })
})

describe('every live layer', () => {
  const nouns = Object.entries(layerOfNoun)
  /** Of each kind of event one at home, with the officer of the grid worker, and one in another community. */
  const drafts: EventDraft[] = nouns.flatMap(([noun, layer]) => [
    item(noun, layer === 'officers'
      ? bound.officer
      : `${noun}-home`, [
      home,
      ownScope(bound.officer),
    ]),
    item(noun, `${noun}-away`, [`${subdistrict}002`]),
  ])
  let screens: { role: Role, layer: LayerName, screen: Screen }[] = []

  beforeAll(async () => {
    const world = await liveWorld(db, {
      identify: async ({ headers }) => {
        const role = Role.parse(headers['x-role'])
        return seatOf(role, bound)
      },
    })
    screens = roles.flatMap(role => LayerName.options.map(layer => ({
      role,
      layer,
      screen: screenOn(world.url, {
        layers: [layer],
      }, null, {
        headers: { 'x-role': role },
      }),
    })))
    const before = await logHead(db.sql)
    await Promise.all(screens.map(({ screen }) => screen.reaches(before.seq)))
    await db.sql.begin(tx => appendEvents(tx, subdistrict, drafts))
    const { seq } = await logHead(db.sql)
    await Promise.all(screens.map(({ screen }) => screen.reaches(seq)))
    return async () => {
      screens.forEach(({ screen }) => screen.close())
      await world.stop()
    }
  })

  it('has a line in the policy, and every line is a layer', () => {
    expect(Object.keys(layerPolicy).sort()).toEqual([...LayerName.options].sort())
    expect([
      ...new Set(Object.values(layerOfNoun)),
    ].sort()).toEqual([...LayerName.options].sort())
  })

  it.each(roles)('shows %s what the policy gives, of the snapshot and of every event', (role) => {
    for (const { layer, screen } of screens.filter(screen => screen.role === role)) {
      const reach = givenReach(layerPolicy[layer], role)
      expect(Object.keys(screen.snapshots[0]!.layers), `snapshot of ${layer}`).toEqual(reach
        ? [layer]
        : [])
      const [noun] = nouns.find(([, name]) => name === layer)!
      const expected = reach === null
        ? []
        : reach === 'region' || reach === 'own'
          ? [`${noun}.changed`]
          : [`${noun}.changed`, `${noun}.changed`]
      expect(screen.events().map(({ type }) => type), `events of ${layer}`).toEqual(expected)
      if (expected.length === 1)
        expect(screen.events()[0]!.id, `whose ${layer}`).not.toMatch(/away/)
    }
  })
})

function from(remoteAddress: string) {
  return {
    incoming: {
      method: 'GET',
      headers: {},
      socket: { remoteAddress },
    },
  }
}

function item(noun: string, id: string, regions: string[]): EventDraft {
  return {
    type: `${noun}.changed`,
    id,
    regions,
    feature: {
      type: 'Feature',
      id,
      geometry: {
        type: 'Point',
        coordinates: [117.1, 36.6],
      },
      properties: { id, name: id },
    },
  }
}

/** The table read anew, not by the server's own reading of it. */
function givenReach(rule: Rule | undefined, role: Role): Reach | null {
  if (rule === undefined || rule === 'local') {
    return rule === 'local' && role === 'admin'
      ? 'all'
      : null
  }
  return typeof rule === 'string'
    ? 'all'
    : rule[role] ?? null
}

function isGiven(rule: Rule | undefined, role: Role): boolean {
  return givenReach(rule, role) !== null
}

/** Asks from another machine, with an id that is nobody's and an empty body. */
async function ask({ app }: typeof http, method: string, path: string): Promise<string> {
  const address = path
    .replace(/:file\{[^}]*\}/, '0.mvt')
    .replace(':action', 'accept')
    .replaceAll(/:[zx]\b/g, '14')
    .replaceAll(/:\w+/g, 'x1')
  const response = await app.request(address, {
    method,
    ...method !== 'GET' && {
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    },
  }, fromElsewhere)
  if (response.status !== 401 && response.status !== 403)
    return 'let in'
  // Open311 answers in a shape of its own, in either format.
  const said = await response.text()
  const type = /urn:huizhi:problem:[\w-]+/.exec(said)?.[0] ?? said
  return type.replace('urn:huizhi:problem:', '')
}
