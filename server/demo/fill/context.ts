import type { Plot } from '../geometry/plot.ts'
import type { Site } from './site.ts'
import { centroid, rotate, signedArea } from '../geometry/plane.ts'
import { inset } from '../geometry/plot.ts'
import { longestEdgeAngle } from './fit.ts'
import { rowPattern } from './home-style.ts'
import { housesOf, planRows } from './plan-rows.ts'

/** Beyond the border only the outlines of buildings are drawn, so that the map does not end there. */
export function fillContext({ drawing, random }: Site, plot: Plot): void {
  const ground = inset(plot, () => 8)
  if (!ground || signedArea(ground.ring) < 3000 || random.chance(0.08))
    return
  drawing.area(plot.ring, { landuse: 'residential' })
  const turn = Math.max(-0.2, Math.min(0.2, longestEdgeAngle(ground.ring)))
  const origin = centroid(ground.ring)
  const style = random.weighted([
    ['slab', 4],
    ['new-slab', 2],
    ['towers', 1],
  ] as const)
  const plan = planRows(ground.ring.map(p => rotate(p, -turn, origin)), rowPattern(style, 1995, random), style === 'slab', random, 1)
  for (const house of housesOf(plan)) {
    drawing.area(house.ring.map(p => rotate(p, turn, origin)), {
      'building': 'yes',
      'building:levels': String(house.floors),
    })
  }
}
