import type { CaseFeature } from '#contract/case.ts'
import type { Role } from '#contract/role.ts'
import type { Seat } from '../../server/live/seat.ts'
import { afterAll, expect, it } from 'vitest'
import { logHead } from '../../db/queries/events.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { liveWorld, screenOn, seatOf } from '../world/live.ts'
import { town, west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)

it('a merge reaches every screen: the case that was merged is done there, and the one that it answers to stands for both', async () => {
  const http = testHttp(db.sql)
  const seats: [Role, Partial<Seat>][] = [
    ['duty', {}],
    ['wall', {}],
    [
      'community',
      { region: `${town}001` },
    ],
  ]
  const worlds = await Promise.all(seats.map(([role, bound]) => liveWorld(db, {
    identify: async () => seatOf(role, bound),
  })))
  const screens = worlds.map(world => screenOn(world.url))
  const register = async (content: string) => await (await http.post('/api/v1/cases', {
    content,
    location: { lng: west[0], lat: west[1] },
  })).json() as CaseFeature
  const [head, other] = [await register('电梯停运'), await register('电梯又停了')]
  const open = (await logHead(db.sql)).seq
  await Promise.all(screens.map(screen => screen.reaches(open)))

  const answer = await http.post(`/api/v1/cases/${other.id}/actions/merge`, { into: head.id })
  expect(answer.status).toBe(200)
  const merged = (await logHead(db.sql)).seq
  await Promise.all(screens.map(screen => screen.reaches(merged)))

  for (const screen of screens) {
    expect(screen.layer('cases').get(other.id)?.properties).toMatchObject({ status: 'merged', mergedInto: head.id })
    expect(screen.layer('cases').get(head.id)?.properties).toMatchObject({ mergedCount: 1 })
    screen.close()
  }
  await Promise.all(worlds.map(world => world.stop()))
})
