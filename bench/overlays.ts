import type { Page } from 'playwright-core'
import { Hono } from 'hono'
import { launchBrowser } from '../test/world/browser.ts'
import { servePage } from '../test/world/serve-page.ts'

const zones = 500
const vertices = 2_000
const sites = 5_000
/** So far in, a desk sees a community with names and numbers; so far out, the whole city. */
const zooms = { city: 10.5, community: 14.6 }
const rounds = 3
const panMs = 3000

/**
 * Renovation zones and worksites of a whole city on the desk's map, 1920 × 1080, in a real Chromium with WebGL in software: from the
 * data as text until a frame shows them, and how long a hand that drags the map waits, beside the same map without them in the same
 * run, in turns.
 */
export async function run(): Promise<Record<string, number | string>> {
  const routes = new Hono().get('/tiles/*', c => c.body(null, 204))
  const page = await servePage('bench/overlays', routes)
  const browser = await launchBrowser()
  try {
    const open = async () => {
      const tab = await browser.newPage({
        viewport: { width: 1920, height: 1080 },
      })
      await tab.goto(page.url)
      await tab.evaluate(() => window.overlays.begin())
      return tab
    }
    const first: Awaited<ReturnType<typeof show>>[] = []
    const again: Awaited<ReturnType<typeof show>>[] = []
    const pans: Record<string, { empty: Pan[], full: Pan[] }> = {}
    for (let round = 0; round < rounds; round++) {
      const tab = await open()
      for (const [name, zoom] of Object.entries(zooms)) {
        await tab.evaluate(to => window.overlays.goTo(to), zoom)
        ;(pans[name] ??= { empty: [], full: [] }).empty.push(await pan(tab))
      }
      await tab.evaluate(to => window.overlays.goTo(to), zooms.city)
      first.push(await show(tab))
      again.push(await show(tab))
      for (const [name, zoom] of Object.entries(zooms)) {
        await tab.evaluate(to => window.overlays.goTo(to), zoom)
        pans[name]!.full.push(await pan(tab))
      }
      await tab.close()
    }
    return {
      'shown from the data as text, ms (goal 1000)': median(again.map(one => one.shown)),
      'of which reading the text, ms': median(again.map(one => one.parsed)),
      'the first time on a page, shaders compiled in software too, ms': median(first.map(one => one.shown)),
      ...Object.fromEntries(Object.entries(pans).flatMap(([name, { empty, full }]) => ([
        ['longestDelay', 'a move waits at most, ms'],
        ['longestGap', 'longest time between two moves heard, ms'],
        ['middleFrame', 'middle frame, ms'],
        ['longestFrame', 'longest frame, ms'],
        ['longestTask', 'longest task, ms'],
      ] as const).flatMap(([figure, words]) => [
        [
          `${name}, overlays: ${words}`,
          median(full.map(one => one[figure])),
        ],
        [
          `${name}, empty map: ${words}`,
          median(empty.map(one => one[figure])),
        ],
      ]))),
    }
  }
  finally {
    await browser.close()
    await page.close()
  }
}

function show(tab: Page) {
  return tab.evaluate(counts => window.overlays.show(...counts), [zones, vertices, sites] as const)
}

type Pan = Awaited<ReturnType<typeof pan>>

/** Drags the map about with the mouse for three seconds, at most 60 moves a second: each waits until the page has heard it. */
async function pan(tab: Page) {
  await tab.mouse.move(960, 540)
  await tab.mouse.down()
  await tab.evaluate(() => window.overlays.beginPan())
  const from = performance.now()
  while (performance.now() - from < panMs) {
    const begun = performance.now()
    const angle = (begun - from) / panMs * 4 * Math.PI
    await tab.mouse.move(960 + 380 * Math.sin(angle), 540 + 220 * Math.sin(2 * angle))
    await new Promise(resolve => setTimeout(resolve, Math.max(0, 1000 / 60 - (performance.now() - begun))))
  }
  await tab.mouse.up()
  return await tab.evaluate(() => window.overlays.endPan())
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
