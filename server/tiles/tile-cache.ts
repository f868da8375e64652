/** Keeps what was used last, up to so many bytes; the oldest goes first. */
export class TileCache {
  readonly #entries = new Map<string, Uint8Array>()
  readonly #limit: number
  #bytes = 0

  constructor(limitBytes: number) {
    this.#limit = limitBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  get(key: string): Uint8Array | undefined {
    const entry = this.#entries.get(key)
    if (entry) {
      this.#entries.delete(key)
      this.#entries.set(key, entry)
    }
    return entry
  }

  set(key: string, entry: Uint8Array): void {
    this.#drop(key)
    this.#entries.set(key, entry)
    this.#bytes += sizeOf(key, entry)
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limit)
        break
      this.#drop(oldest)
    }
  }

  clear(): void {
    this.#entries.clear()
    this.#bytes = 0
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key)
    if (!entry)
      return
    this.#entries.delete(key)
    this.#bytes -= sizeOf(key, entry)
  }
}

/** An empty tile is not free either. */
function sizeOf(key: string, entry: Uint8Array): number {
  return entry.byteLength + key.length * 2 + 64
}
