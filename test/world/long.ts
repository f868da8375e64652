import process from 'node:process'

/** `npm run test:long`: fault tests in full. Otherwise they run in a short form. */
export const isLong = process.env.HUIZHI_TEST_LONG === '1'

/** How many or how long: the first in full, the second in the short form. */
export function sized(full: number, short: number): number {
  return isLong ? full : short
}
