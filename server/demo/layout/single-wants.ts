/* eslint antfu/reasonable-newline: off -- a table reads by lines */
import type { Measures } from './single-skeleton.ts'
import type { Want } from './skeleton.ts'

/** What the single town must have, and where about. */
export function wantsOf({ west, innerWest, innerEast, east, north, middle, south, bulge, southWest }: Measures): Want[] {
  return [
    { use: 'campus', at: [west + 190, middle - 200], maxHectares: 27 },
    { use: 'park', at: [innerWest + 330, middle - 330], maxHectares: 15 },
    { use: 'hospital', at: [innerEast - 110, middle + 110], maxHectares: 5.5 },
    { use: 'market', at: [innerEast + 110, middle - 110], maxHectares: 3.4 },
    { use: 'school', at: [innerWest - 200, middle + 260], maxHectares: 5.5 },
    { use: 'school', at: [east - 250, middle - 260], maxHectares: 5.5 },
    { use: 'school', at: [innerWest + 300, south + 190], maxHectares: 5.5 },
    { use: 'village', at: [east - 80, north - 90], maxHectares: 16 },
    { use: 'village', at: [southWest + 120, south + 150], maxHectares: 7 },
    { use: 'works', at: [bulge - 190, middle - 130], maxHectares: 7 },
    { use: 'works', at: [innerEast + 130, south + 120], maxHectares: 5.5 },
    { use: 'factory', at: [east - 200, south + 480], maxHectares: 12 },
    { use: 'offices', at: [innerEast - 110, middle - 110], maxHectares: 4.5 },
    { use: 'offices', at: [innerWest + 110, middle + 100], maxHectares: 4.5 },
    { use: 'offices', at: [innerWest - 110, middle + 90], maxHectares: 4.5 },
    { use: 'square', at: [innerEast + 100, middle + 100], maxHectares: 3.4 },
  ]
}
