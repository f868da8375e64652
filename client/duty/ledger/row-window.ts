import type { CaseFeature } from '#contract/case.ts'

/** Rows of a long list that are here, by blocks; the longest unseen blocks are forgotten, however far somebody scrolls. */
export interface RowWindow {
  blocks: ReadonlyMap<number, readonly CaseFeature[]>
  /** How many rows the list has, as far as known. */
  length: number
  /** Nobody counted beyond `length`. */
  isOpen: boolean
}

export const blockSize = 100
const keptBlocks = 30
/** How far an uncounted list reaches beyond what was seen of it. */
const ahead = 1000

export const emptyWindow: RowWindow = {
  blocks: new Map(),
  length: 0,
  isOpen: false,
}

/** A block has come. A short one tells where the list ends. */
export function putBlock(before: RowWindow, index: number, rows: readonly CaseFeature[]): RowWindow {
  const blocks = new Map(before.blocks)
  blocks.delete(index)
  blocks.set(index, rows)
  for (const old of blocks.keys()) {
    if (blocks.size <= keptBlocks)
      break
    blocks.delete(old)
  }
  const end = index * blockSize + rows.length
  if (rows.length < blockSize && (rows.length > 0 || index === 0))
    return { blocks, length: end, isOpen: false }
  return before.isOpen
    ? {
        blocks,
        length: Math.max(before.length, end + ahead),
        isOpen: rows.length > 0,
      }
    : { ...before, blocks }
}

export function rowAt({ blocks }: RowWindow, index: number): CaseFeature | undefined {
  return blocks.get(Math.floor(index / blockSize))?.[index % blockSize]
}

/** Blocks needed to show rows `first` to `last`, both included. */
export function missingBlocks({ blocks, length }: RowWindow, first: number, last: number): number[] {
  const missing: number[] = []
  for (let index = Math.floor(Math.max(0, first) / blockSize); index * blockSize <= Math.min(last, length - 1); index++) {
    if (!blocks.has(index))
      missing.push(index)
  }
  return missing
}

/** The rows as they are now, where the live map of cases knows better; their places stay, so that nothing jumps under the pointer. */
export function patchRows(before: RowWindow, changed: ReadonlyMap<string, CaseFeature>): RowWindow {
  const blocks = new Map<number, readonly CaseFeature[]>()
  for (const [index, rows] of before.blocks) {
    blocks.set(index, rows.some(({ id }) => changed.has(id))
      ? rows.map(row => changed.get(row.id) ?? row)
      : rows)
  }
  return { ...before, blocks }
}

export function holds({ blocks }: RowWindow, id: string): boolean {
  return [
    ...blocks.values(),
  ].some(rows => rows.some(row => row.id === id))
}
