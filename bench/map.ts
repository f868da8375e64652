import type { Browser } from 'playwright-core'
import type { Way } from './map/main.ts'
import type { Round } from './map/markers.ts'
import { Hono } from 'hono'
import { launchBrowser } from '../test/world/browser.ts'
import { servePage } from '../test/world/serve-page.ts'

const counts = [2_000, 10_000, 50_000]
const changes = 50

/**
 * From 50 changed points to the frame that shows them, at 1920 × 1080 in a real Chromium with WebGL in software: our layer against
 * MapLibre's `updateData` with the same signs, and with plain circles, its cheapest way. Same map, same points, same run, in turns.
 */
export async function run(): Promise<Record<string, number | string>> {
  const routes = new Hono().get('/tiles/*', c => c.body(null, 204))
  const page = await servePage('bench/map', routes)
  const browser = await launchBrowser()
  try {
    const tab = await browser.newPage({
      viewport: { width: 1920, height: 1080 },
    })
    await tab.goto(page.url)
    const middle = async (way: Way, count: number) => median(await tab.evaluate(
      ([way, count, changes]) => window.measure(way, count, count > 10_000
        ? 5
        : 9, changes),
      [way, count, changes] as const,
    ))
    const figures: Record<string, number | string> = {}
    const ours: number[] = []
    for (const count of counts) {
      const mine = await middle('ours', count)
      const symbols = await middle('symbols', count)
      const circles = await middle('circles', count)
      ours.push(mine)
      Object.assign(figures, {
        [`ours, ${count} points, ms`]: mine,
        [`updateData with the same signs, ${count} points, ms`]: symbols,
        [`updateData with circles, ${count} points, ms`]: circles,
        [`times faster, ${count} points`]: symbols / mine,
        [`times faster than circles, ${count} points`]: circles / mine,
      })
    }
    figures['ours, 50,000 against 2,000 points'] = ours[2]! / ours[0]!
    return {
      ...figures,
      ...await framesWithOfficers(browser, page.url),
    }
  }
  finally {
    await browser.close()
    await page.close()
  }
}

const walkers = 60
const pairs = 10
const roundMs = 3000

/**
 * What sixty officers who walk and report every 5 s take from the duty desk's map: frames a second without and with them in turns,
 * while somebody pans the map and while it stands. Small, as software fills every pixel: at the size of a desk it would draw three
 * pictures a second and measure nothing else. The share is the middle one of ten pairs: other work on the machine comes and goes.
 */
async function framesWithOfficers(browser: Browser, url: string): Promise<Record<string, number>> {
  const tab = await browser.newPage({
    viewport: { width: 480, height: 360 },
  })
  await tab.goto(url)
  const figures: Record<string, number> = {}
  for (const panned of [true, false]) {
    const rounds = Array.from({ length: pairs }, (_, pair): Round[] => {
      const both = [0, walkers].map(officers => ({ officers, panned }))
      return pair % 2
        ? both.reverse()
        : both
    }).flat()
    const rates = await tab.evaluate(([rounds, roundMs]) => window.countFrames(rounds, roundMs), [rounds, roundMs] as const)
    const of = (officers: number) => rates.filter((_, at) => rounds[at]!.officers === officers)
    const [empty, walked] = [
      of(0),
      of(walkers),
    ]
    const how = panned ? 'map panned' : 'map at rest'
    Object.assign(figures, {
      [`${how}, empty, frames/s`]: median(empty),
      [`${how}, ${walkers} officers walk, frames/s`]: median(walked),
      [`${how}, ${walkers} officers, share of the empty map's frames (≥ 0.9)`]: median(walked.map((rate, pair) => rate / empty[pair]!)),
    })
  }
  await tab.close()
  return figures
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
