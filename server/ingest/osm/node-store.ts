const chunkSize = 2 ** 16

interface Chunk { ids: Float64Array, lngs: Int32Array, lats: Int32Array }

/**
 * Where the nodes lie: 16 bytes a node, outside the JavaScript heap, so that a file of ten million nodes takes 160 MB.
 * Fill it, then `seal` it, then look up. Coordinates are kept as OSM has them, in units of 1e-7 degrees.
 */
export class NodeStore {
  readonly #chunks: Chunk[] = []
  #count = 0
  #newest = -Infinity
  #isSorted = true
  /** Positions in the order of ids; only where the file was not in that order. */
  #order: Uint32Array | null = null

  get size(): number {
    return this.#count
  }

  add(id: number, lng: number, lat: number): void {
    const at = this.#count % chunkSize
    if (at === 0) {
      this.#chunks.push({
        ids: new Float64Array(chunkSize),
        lngs: new Int32Array(chunkSize),
        lats: new Int32Array(chunkSize),
      })
    }
    const chunk = this.#chunks.at(-1)!
    chunk.ids[at] = id
    chunk.lngs[at] = Math.round(lng * 1e7)
    chunk.lats[at] = Math.round(lat * 1e7)
    this.#isSorted &&= id > this.#newest
    this.#newest = id
    this.#count++
  }

  /** Files are in the order of ids, as the OSM tools write them; others are sorted here. */
  seal(): void {
    if (this.#isSorted)
      return
    this.#order = Uint32Array.from({ length: this.#count }, (_, index) => index)
      .sort((a, b) => this.#idAt(a) - this.#idAt(b) || a - b)
  }

  /** Position of a node; -1 when the file does not have it. */
  find(id: number): number {
    let low = 0
    let high = this.#count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const position = this.#order ? this.#order[middle]! : middle
      const found = this.#idAt(position)
      if (found === id)
        return position
      if (found < id)
        low = middle + 1
      else
        high = middle - 1
    }
    return -1
  }

  lng(position: number): number {
    return this.#chunks[Math.floor(position / chunkSize)]!.lngs[position % chunkSize]! / 1e7
  }

  lat(position: number): number {
    return this.#chunks[Math.floor(position / chunkSize)]!.lats[position % chunkSize]! / 1e7
  }

  #idAt(position: number): number {
    return this.#chunks[Math.floor(position / chunkSize)]!.ids[position % chunkSize]!
  }
}
