import type { Browser, Page } from 'playwright-core'
import type { Feature } from '#contract/geometry.ts'
import type { TestDatabase } from '../world/database.ts'
import type { ServedPage } from '../world/serve-page.ts'
import type { Scene } from './page/main.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appendEvents } from '../../db/queries/events.ts'
import { tileRoutes } from '../../server/tiles/tile-routes.ts'
import { launchBrowser } from '../world/browser.ts'
import { testDatabase } from '../world/database.ts'
import { eventually } from '../world/eventually.ts'
import { servePage } from '../world/serve-page.ts'

const town = '990101001'
const [west, south, east, north] = [117, 36.66, 117.012, 36.668]
const middle: [number, number] = [(west + east) / 2, (south + north) / 2]
const now = Date.parse('2026-03-18T10:42:00+08:00')
const yellow = [240, 228, 66]
const blue = [86, 180, 233]
const house = [42, 62, 75]

let db: TestDatabase
let served: ServedPage
let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  db = await testDatabase()
  await street(1, [
    [west, middle[1]],
    [east, middle[1]],
  ])
  await building(2, west + 0.002, south + 0.001, 0.001)
  served = await servePage('test/map/page', tileRoutes({
    sql: db.sql,
    config: {
      basemap: { from: 'streets' },
      tiandituKey: null,
      publicOrigin: null,
    },
  }))
  browser = await launchBrowser()
})
beforeEach(async () => {
  page = await browser.newPage({
    viewport: { width: 640, height: 480 },
  })
  errors = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => message.type() === 'error' && errors.push(message.text()))
  await page.goto(served.url)
})
afterEach(async () => {
  expect(errors).toEqual([])
  await page.close()
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
  await db?.drop()
})

describe('a map in a browser', () => {
  it('shows a case where it is as soon as it is there, in the colour of its stage', async () => {
    await start()
    expect(await colourBeside(middle)).not.toEqual(near(yellow))

    await give({
      cases: [
        aCase('a', middle, 'registered'),
      ],
    })
    expect(await colourBeside(middle)).toEqual(near(yellow))

    await give({
      cases: [
        aCase('a', middle, 'dispatched'),
      ],
    })
    expect(await colourBeside(middle)).toEqual(near(blue))

    await give({ cases: [] })
    expect(await colourBeside(middle)).not.toEqual(near(blue))
  })

  it('comes back by itself after a lost graphics context, with its signs, its overlays and the view that somebody chose', async () => {
    await start({
      data: {
        cases: [
          aCase('a', middle, 'registered'),
        ],
        facilities: [
          facility('f', [middle[0] + 0.003, middle[1]]),
        ],
      },
    })
    await pan(40, 30)
    const view = await camera()
    const facilityAt = () => colourBeside([middle[0] + 0.003, middle[1]], [-9, 9])
    const green = await facilityAt()
    expect(await colourAt([west + 0.0025, south + 0.0015])).toEqual(near(house))

    await page.evaluate(() => {
      const { map } = window.mapPage.running!.handle
      const gl = map.getCanvas().getContext('webgl2')!
      const extension = gl.getExtension('WEBGL_lose_context')!
      ;(window as unknown as { giveBack: () => void }).giveBack = () => extension.restoreContext()
      extension.loseContext()
    })
    await eventually(() => page.evaluate(() => window.mapPage.running!.handle.contextLost.value))
    // What changes meanwhile must be there afterwards.
    await page.evaluate(() => {
      const { data } = window.mapPage.running!
      data.cases.value = data.cases.value!.map(feature => ({
        ...feature,
        properties: { ...feature.properties, status: 'dispatched' },
      }))
    })
    await page.evaluate(() => (window as unknown as { giveBack: () => void }).giveBack())
    await eventually(() => page.evaluate(() => !window.mapPage.running!.handle.contextLost.value))
    await idle()

    await eventually(async () => isNear(await colourBeside(middle), blue), { what: 'the sign did not come back' })
    expect(await facilityAt()).toEqual(near(green))
    expect(await colourAt([west + 0.0025, south + 0.0015])).toEqual(near(house))
    expect(await camera()).toEqual(view)
    errors = errors.filter(text => !/CONTEXT_LOST|context lost/i.test(text))
  })

  it('shows the whole subdistrict until somebody looks elsewhere, and never takes that view away', async () => {
    await start()
    const first = await camera()
    await page.setViewportSize({ width: 420, height: 480 })
    await eventually(async () => (await camera()).zoom < first.zoom, { what: 'the overview did not follow the window' })

    await pan(60, 20)
    const chosen = await camera()
    await page.setViewportSize({ width: 640, height: 480 })
    await page.evaluate(() => window.mapPage.running!.handle.setOverview([116, 36, 118, 37]))
    await idle()
    expect((await camera()).zoom).toBe(chosen.zoom)

    await page.evaluate(() => window.mapPage.running!.handle.showOverview())
    expect((await camera()).zoom).not.toBe(chosen.zoom)
  })

  it('draws a changed base map without a blank moment', async () => {
    await start()
    const spot: [number, number] = [west + 0.0025, south + 0.0015]
    const fresh: [number, number] = [west + 0.0085, south + 0.0015]
    expect(await colourAt(spot)).toEqual(near(house))
    await page.evaluate((lngLat) => {
      const { handle } = window.mapPage.running!
      const seen: number[][] = []
      Object.assign(window, { seen })
      handle.map.on('render', () => seen.push(window.mapPage.colourNow(handle, ...Object.values(handle.map.project(lngLat)).slice(0, 2) as [number, number])))
    }, spot)

    await building(3, west + 0.008, south + 0.001, 0.001)
    await db.sql.begin(tx => appendEvents(tx, town, [
      { type: 'basemap.imported', id: 'basemap', set: {} },
    ]))
    await eventually(async () => {
      await page.evaluate(() => window.mapPage.running!.handle.refreshBasemap())
      return isNear(await colourAt(fresh), house)
    }, { what: 'the new building did not appear' })

    const seen = await page.evaluate(() => (window as unknown as { seen: number[][] }).seen)
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.filter(colour => !isNear(colour, house))).toEqual([])
  })

  it('changes its theme and its size in place', async () => {
    await start({
      data: {
        cases: [
          aCase('a', middle, 'registered'),
        ],
      },
    })
    const sources = () => page.evaluate(() => Object.keys(window.mapPage.running!.handle.map.getStyle().sources))
    const before = await sources()
    await page.evaluate(() => window.mapPage.running!.handle.setLook({ theme: 'light', scale: 2, screen: 'desk' }))
    await idle()
    expect(await colourAt([east - 0.0005, north - 0.0005])).toEqual(near([244, 243, 239]))
    expect(await colourBeside(middle, [-20, -20])).toEqual(near([122, 106, 0]))
    expect(await sources()).toEqual(before)
  })

  it('finds the case under the pointer, and gathers those that would cover each other', async () => {
    const twins = [
      aCase('a', middle, 'registered'),
      aCase('b', middle, 'dispatched'),
      aCase('c', [middle[0] + 0.004, middle[1]], 'dispatched'),
    ]
    await start({
      data: { cases: twins },
    })
    const found = await page.evaluate((lngLat) => {
      const { pins, handle } = window.mapPage.running!
      const { x, y } = handle.map.project(lngLat)
      return {
        counts: pins.counts.value,
        members: pins.pick(x, y).map(place => place.members.map(({ id }) => id)),
      }
    }, middle)
    expect(found).toEqual({
      counts: { cases: 3, places: 2 },
      members: [
        ['a', 'b'],
      ],
    })
  })

  it('has a picture of its own for every kind and stage', async () => {
    const different = await page.evaluate(([kinds, stages]) =>
      new Set(kinds!.flatMap(kind => stages!.map(stage => window.mapPage.symbolUrl(kind as never, stage as never)))).size, [
      [
        'renovation',
        'wages',
        'elder-care',
        'property',
        'utilities',
        'sanitation',
        'noise',
        'traffic',
        'safety',
        'medical',
        'education',
        'culture',
        'enterprise',
        'other',
      ],
      ['waiting', 'working', 'review', 'done'],
    ])
    expect(different).toBe(14 * 4)
  })
})

async function start(scene: Partial<Scene> = {}): Promise<void> {
  await page.evaluate(async (scene) => {
    window.mapPage.running = await window.mapPage.start(scene)
  }, {
    look: { theme: 'dark', scale: 1, screen: 'wall' },
    now,
    ...scene,
  } satisfies Scene)
  await idle()
}

function idle(): Promise<void> {
  return page.evaluate(() => new Promise<void>((resolve) => {
    const { map } = window.mapPage.running!.handle
    map.once('idle', () => resolve())
    map.triggerRepaint()
  }))
}

async function give(data: Record<string, Feature[]>): Promise<void> {
  await page.evaluate((data) => {
    for (const [name, features] of Object.entries(data))
      window.mapPage.running!.data[name as 'cases'].value = features
  }, data)
  await idle()
}

/** The colour at a place on the map. */
function colourAt(lngLat: [number, number], [dx, dy] = [0, 0]): Promise<number[]> {
  return page.evaluate(([lngLat, dx, dy]) => {
    const { handle } = window.mapPage.running!
    const { x, y } = handle.map.project(lngLat as [number, number])
    return window.mapPage.pixelAt(handle, x + (dx as number), y + (dy as number))
  }, [lngLat, dx, dy] as const)
}

/** The colour of a sign's own surface, beside its character. */
function colourBeside(lngLat: [number, number], offset = [-11, -11]): Promise<number[]> {
  return colourAt(lngLat, offset as [number, number])
}

async function pan(x: number, y: number): Promise<void> {
  await page.mouse.move(320, 240)
  await page.mouse.down()
  await page.mouse.move(320 + x, 240 + y, { steps: 4 })
  await page.waitForTimeout(300) // a drag that stands still before it ends has no momentum
  await page.mouse.up()
  await idle()
}

function camera(): Promise<{ zoom: number, lng: number, lat: number }> {
  return page.evaluate(() => {
    const { map } = window.mapPage.running!.handle
    return {
      zoom: map.getZoom(),
      lng: map.getCenter().lng,
      lat: map.getCenter().lat,
    }
  })
}

function near(colour: number[]) {
  return expect.toSatisfy((seen: number[]) => isNear(seen, colour), `near ${colour}`)
}

function isNear(seen: number[], colour: number[]): boolean {
  return colour.slice(0, 3).every((value, i) => Math.abs(value - seen[i]!) <= 6)
}

function aCase(id: string, [lng, lat]: [number, number], status: string): Feature {
  const dueAt = new Date(now + 50 * 3_600_000).toISOString()
  return {
    type: 'Feature',
    id,
    geometry: {
      type: 'Point',
      coordinates: [lng, lat],
    },
    properties: {
      id,
      kind: 'property',
      status,
      dueAt,
      reportedAt: new Date(now).toISOString(),
      closedAt: null,
    },
  }
}

function facility(id: string, coordinates: [number, number]): Feature {
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates },
    properties: {
      id,
      name: '助餐点',
      kind: 'meals',
      open: true,
    },
  }
}

async function street(id: number, line: [number, number][]): Promise<void> {
  await db.sql`
    insert into streets (subdistrict, id, class, name, foot, nodes, lngs, lats, bounds)
    values (${town}, ${id}, 'primary', '经十路', true, ${line.map((_, i) => i)}, ${line.map(([lng]) => lng)}, ${line.map(([, lat]) => lat)},
      ${`(${east},${north}),(${west},${south})`}::box)`
}

async function building(id: number, lng: number, lat: number, size: number): Promise<void> {
  const ring = [
    [lng, lat],
    [lng + size, lat],
    [lng + size, lat + size],
    [lng, lat + size],
    [lng, lat],
  ]
  await db.sql`
    insert into buildings (subdistrict, id, kind, households, geometry, centre, bounds)
    values (${town}, ${id}, 'apartments', 12, ${db.sql.json({
      type: 'Polygon',
      coordinates: [ring],
    })}, ${[lng, lat] as [number, number]},
      ${`(${lng + size},${lat + size}),(${lng},${lat})`}::box)`
}
