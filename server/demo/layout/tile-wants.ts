/* eslint antfu/reasonable-newline: off -- a table reads by lines */
import type { Point } from '../geometry/plane.ts'
import type { Random } from '../random.ts'
import type { Want } from './skeleton.ts'

/** What each of several towns must have; `at` takes shares of its width and height, `river` is the river's height in the middle. */
export function tileWants(at: (u: number, v: number) => Point, river: number, { between }: Random): Want[] {
  return [
    { use: 'campus', at: at(between(0.08, 0.24), 0.84), maxHectares: 24 },
    { use: 'park', at: at(between(0.4, 0.6), river + 0.09), maxHectares: 13 },
    { use: 'hospital', at: at(between(0.72, 0.8), 0.58), maxHectares: 5.5 },
    { use: 'market', at: at(0.3, between(0.74, 0.78)), maxHectares: 3.4 },
    { use: 'school', at: at(between(0.42, 0.58), 0.85), maxHectares: 5.5 },
    { use: 'school', at: at(between(0.1, 0.25), 0.2), maxHectares: 5.5 },
    { use: 'school', at: at(between(0.75, 0.82), 0.22), maxHectares: 5.5 },
    { use: 'village', at: at(between(0.45, 0.55), 0.1), maxHectares: 8 },
    { use: 'village', at: at(0.94, between(0.86, 0.93)), maxHectares: 8 },
    { use: 'works', at: at(0.08, between(0.06, 0.1)), maxHectares: 6 },
    { use: 'works', at: at(between(0.74, 0.8), 0.93), maxHectares: 6 },
    { use: 'factory', at: at(0.92, 0.12), maxHectares: 10 },
    { use: 'offices', at: at(0.38, 0.72), maxHectares: 4.5 },
    { use: 'offices', at: at(0.63, 0.64), maxHectares: 4.5 },
    { use: 'square', at: at(0.62, 0.72), maxHectares: 3.4 },
  ]
}
