import type { TownPlan } from '../town.ts'
import { createWarp } from '../geometry/warp.ts'
import { createNames } from '../people/names.ts'
import { createRandom } from '../random.ts'
import { singleSkeleton } from './single-skeleton.ts'
import { sharedCrossing, TILE_METRES, tileSkeleton } from './tile-skeleton.ts'

const PEOPLE = 60_000
/** Ids that one town may use. */
const IDS_A_TOWN = 1_000_000

/** Codes begin with 99, which is no province. */
const PROVINCE_AND_CITY = '9901'

/**
 * The plans of 1, 10 or 100 subdistricts. Several lie side by side, five or ten to a row, and share their border streets;
 * ten make a district.
 */
export function* planTowns(seed: string, size: 'subdistrict' | 'district' | 'city'): Generator<TownPlan> {
  const random = createRandom(seed)
  const warp = createWarp(random.fork('warp'))
  if (size === 'subdistrict') {
    yield {
      seed,
      code: `${PROVINCE_AND_CITY}01001`,
      name: '示范街道',
      people: PEOPLE,
      skeleton: singleSkeleton(random.fork('skeleton')),
      warp,
      firstId: 1,
      surroundings: true,
    }
    return
  }
  const count = size === 'district'
    ? 10
    : 100
  const columns = size === 'district'
    ? 5
    : 10
  const rows = count / columns
  const names = createNames(random.fork('subdistricts'))
  for (let i = 0; i < count; i++) {
    // Districts are blocks of 5 × 2, so that the ten towns of one lie together.
    const district = Math.floor(i / 10)
    const within = i % 10
    const column = (district % (columns / 5)) * 5 + within % 5
    const row = Math.floor(district / (columns / 5)) * 2 + Math.floor(within / 5)
    // The middle of the whole lies where a single town would.
    const tile = {
      seed,
      column,
      row,
      origin: [(column - columns / 2) * TILE_METRES, (rows / 2 - 1 - row) * TILE_METRES] as const,
    }
    yield {
      seed,
      code: `${PROVINCE_AND_CITY}${String(district + 1).padStart(2, '0')}${String(within + 1).padStart(3, '0')}`,
      name: i === 0
        ? '示范街道'
        : `${names.place()}街道`,
      people: PEOPLE,
      skeleton: tileSkeleton(tile),
      warp,
      firstId: (i + 1) * IDS_A_TOWN,
      sharedId: sharedCrossing(tile),
      surroundings: false,
    }
  }
}
