/** A small seeded generator, so that a town is the same on every machine. Not for secrets. */
export interface Random {
  /** In [0, 1). */
  next: () => number
  between: (low: number, high: number) => number
  /** Both ends included. */
  integer: (low: number, high: number) => number
  chance: (probability: number) => boolean
  pick: <T>(list: readonly T[]) => T
  /** Picks by weight; weights need not add up to 1. */
  weighted: <T>(list: readonly (readonly [T, number])[]) => T
  /** A shuffled copy. */
  shuffle: <T>(list: readonly T[]) => T[]
  /** An independent stream: drawing more from one does not shift the other. */
  fork: (label: string) => Random
}

export function createRandom(seed: string): Random {
  const next = sfc32(...hash128(seed))
  const random: Random = {
    next,
    between: (low, high) => low + (high - low) * next(),
    integer: (low, high) => low + Math.floor((high - low + 1) * next()),
    chance: probability => next() < probability,
    pick: list => list[Math.floor(next() * list.length)]!,
    weighted: (list) => {
      const total = list.reduce((sum, [, weight]) => sum + weight, 0)
      let left = next() * total
      for (const [item, weight] of list) {
        left -= weight
        if (left < 0)
          return item
      }
      return list.at(-1)![0]
    },
    shuffle: (list) => {
      const copy = [...list]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = Math.floor(next() * (i + 1));
        [copy[i], copy[j]] = [copy[j]!, copy[i]!]
      }
      return copy
    },
    fork: label => createRandom(`${seed}/${label}`),
  }
  return random
}

/** sfc32 by Chris Doty-Humphrey (PractRand, public domain). */
function sfc32(a: number, b: number, c: number, d: number): () => number {
  const step = () => {
    a |= 0
    b |= 0
    c |= 0
    d |= 0
    const t = (a + b | 0) + d | 0
    d = d + 1 | 0
    a = b ^ b >>> 9
    b = c + (c << 3) | 0
    c = (c << 21 | c >>> 11) + t | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) step()
  return step
}

/** Four FNV-1a hashes of the text, each begun differently. */
function hash128(text: string): [number, number, number, number] {
  const hashes = [
    0x811C9DC5,
    0x01000193,
    0x9E3779B9,
    0x85EBCA6B,
  ].map((start) => {
    let hash = start
    for (let i = 0; i < text.length; i++) {
      hash ^= text.charCodeAt(i)
      hash = Math.imul(hash, 0x01000193)
    }
    return hash >>> 0
  })
  return hashes as [number, number, number, number]
}
