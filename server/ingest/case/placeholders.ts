const leastRows = 20
const leastShare = 0.01
const leastAddresses = 10
// Above this many different pairs those seen once are forgotten; one that makes 1 % of the rows comes again.
const mostPairs = 200_000

interface Seen { count: number, addresses: Set<string>, addressed: number }

/**
 * Tells coordinates that stand for "unknown" from places. Two rules:
 * - whole degrees on both axes (0,0; Baltimore's −77,39): at five decimals chance makes one in 10¹⁰;
 * - one pair on more than 20 rows and more than 1 % of all, whose rows name ten or more different addresses, and mostly
 *   different ones: one point cannot be all of them. A compound that complains a lot repeats its address, and stays.
 */
export class Placeholders {
  readonly #pairs = new Map<string, Seen>()
  readonly #decided = new Set<string>()
  #located = 0
  /** rows on placeholders */
  rows = 0
  readonly #rowsByPair = new Map<string, number>()

  meet(lng: number, lat: number, address: string | null): void {
    this.#located++
    const key = `${lng},${lat}`
    let seen = this.#pairs.get(key)
    if (!seen) {
      if (this.#pairs.size >= mostPairs)
        this.#forgetSingles()
      this.#pairs.set(key, seen = {
        count: 0,
        addresses: new Set(),
        addressed: 0,
      })
    }
    seen.count++
    if (address !== null) {
      seen.addressed++
      if (seen.addresses.size < 10_000)
        seen.addresses.add(address)
    }
  }

  /** After all rows have been met. */
  decide(): void {
    for (const [key, { count, addresses, addressed }] of this.#pairs) {
      const [lng, lat] = key.split(',').map(Number) as [number, number]
      const isRepeated = count > leastRows && count > this.#located * leastShare && addresses.size >= leastAddresses && addresses.size > Math.min(addressed, 10_000) / 2
      if (this.isWholeDegree({ lng, lat }) || isRepeated) {
        this.#rowsByPair.set(key, count)
        this.rows += count
      }
      if (isRepeated && !this.isWholeDegree({ lng, lat }))
        this.#decided.add(key)
    }
    this.#pairs.clear()
  }

  /** Found by repetition. Those of whole degrees are known as such wherever a case is registered. */
  has(lng: number, lat: number): boolean {
    return this.#decided.has(`${lng},${lat}`)
  }

  isWholeDegree({ lng, lat }: { lng: number, lat: number }): boolean {
    return Number.isInteger(lng) && Number.isInteger(lat)
  }

  describe(): string {
    return [...this.#rowsByPair].sort((a, b) => b[1] - a[1]).slice(0, 5).map(([pair, rows]) => `${pair}: ${rows}`).join('; ')
  }

  #forgetSingles(): void {
    for (const [key, { count }] of this.#pairs) {
      if (count === 1)
        this.#pairs.delete(key)
    }
  }
}
