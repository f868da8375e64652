import type { NameVariant } from './name-variants.ts'
import { findName } from './name-in-text.ts'

/** A known name met in a text; `cost` grows with what was left out or mistyped. */
export interface Mention<T> { value: T, cost: number, at: number, end: number, isExact: boolean }

interface Entry<T> { value: T, text: string, cost: number }

/** Names whose pieces occur in more names than this say nothing by these pieces (新村, 小区). */
const commonPiece = 120
const mostFuzzy = 24

/**
 * Finds which of many names a text contains, as they are said (variants) or mistyped. Exact ones by a table of their first
 * two characters; mistyped ones by shared pairs of characters, also with one between, so that 听全三巷 still meets 听泉三巷.
 */
export class NameIndex<T> {
  readonly #exact = new Map<string, Entry<T>[]>()
  readonly #full: Entry<T>[] = []
  readonly #pieces = new Map<string, number[]>()

  /** The first variant is the full name: only that is looked for with slips. */
  add(value: T, variants: readonly NameVariant[]): void {
    variants.forEach(({ text, cost }, index) => {
      if (text.length < 2)
        return
      const key = text.slice(0, 2)
      const entry = { value, text, cost }
      const bucket = this.#exact.get(key)
      if (bucket)
        bucket.push(entry)
      else
        this.#exact.set(key, [entry])
      if (index === 0 && text.length >= 3)
        this.#addPieces(entry)
    })
  }

  #addPieces(entry: Entry<T>): void {
    const at = this.#full.push(entry) - 1
    for (const piece of piecesOf(entry.text)) {
      const list = this.#pieces.get(piece)
      if (list)
        list.push(at)
      else
        this.#pieces.set(piece, [at])
    }
  }

  /** Names that stand in the text letter by letter; those inside a longer one that is as good are left out. */
  exact(text: string): Mention<T>[] {
    const found: Mention<T>[] = []
    for (let at = 0; at + 1 < text.length; at++) {
      for (const { text: name, cost, value } of this.#exact.get(text.slice(at, at + 2)) ?? []) {
        if (text.startsWith(name, at) && isWhole(text, at, at + name.length)) {
          found.push({
            value,
            cost,
            at,
            end: at + name.length,
            isExact: true,
          })
        }
      }
    }
    return found.filter(inner => !found.some(outer => outer !== inner && outer.at <= inner.at && outer.end >= inner.end
      && outer.end - outer.at > inner.end - inner.at && outer.cost <= inner.cost))
  }

  /** Names that stand there with a slip or two. */
  fuzzy(text: string): Mention<T>[] {
    const hits = new Map<number, number>()
    for (const piece of piecesOf(text)) {
      const names = this.#pieces.get(piece)
      if (!names || names.length > commonPiece)
        continue
      for (const name of names)
        hits.set(name, (hits.get(name) ?? 0) + 1)
    }
    return [...hits]
      .map(([index, count]) => ({ index, share: count / this.#full[index]!.text.length }))
      .sort((a, b) => b.share - a.share)
      .slice(0, mostFuzzy)
      .flatMap(({ index }) => {
        const { text: name, value } = this.#full[index]!
        const found = findName(name, text, name.length >= 5
          ? 6.2
          : 3.2)
        return found && isWhole(text, found.at, found.end)
          ? [
              { ...found, value, isExact: false },
            ]
          : []
      })
  }
}

/** A name that begins or ends with a digit must not be cut out of a number, nor take the number of a house. */
function isWhole(text: string, at: number, end: number): boolean {
  if (/\d/.test(text[at]!) && /[\d-]/.test(text[at - 1] ?? ''))
    return false
  // 4 of 4区 left out is no 4 when another 区 follows: 十糜区.
  return !/\d/.test(text[end - 1]!) || !/^(?:[\d号栋幢座#楼层室a-z]|单元|-\d+-|\p{Script=Han}[区期])/u.test(text.slice(end, end + 3))
}

function piecesOf(text: string): Set<string> {
  const pieces = new Set<string>()
  for (let i = 0; i + 1 < text.length; i++) {
    pieces.add(text.slice(i, i + 2))
    if (i + 2 < text.length)
      pieces.add(text[i]! + text[i + 2]!)
  }
  return pieces
}
