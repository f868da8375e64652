import type { Hash } from 'node:crypto'
import type { UploadKind } from './kinds.ts'
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { acceptedType, maxUploadBytes } from './kinds.ts'

/** file-type looks no further into the formats that are accepted. */
const SAMPLE_BYTES = 4100

export type Received
  = | { kind: UploadKind, type: string, found: string, bytes: number, sha256: string }
    | { refused: 'empty' | 'wrong-type' }
    | { refused: 'too-large', maxBytes: number }

/**
 * Writes what comes to `path` (which must not exist), never more than its kind may have. The first bytes tell what it is; what is not
 * accepted is not read further. Nothing is kept in memory but the first bytes and one chunk.
 */
export async function receiveFile(input: AsyncIterable<Uint8Array>, path: string, accept: readonly UploadKind[]): Promise<Received> {
  const file = await open(path, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    let head = Buffer.alloc(0)
    let bytes = 0
    let what: { kind: UploadKind, type: string, found: string } | null = null
    for await (const chunk of input) {
      if (!what) {
        head = Buffer.concat([head, chunk])
        if (head.length < SAMPLE_BYTES)
          continue
        what = await tell(head, accept)
        if (!what)
          return { refused: 'wrong-type' }
      }
      const piece = bytes === 0
        ? head
        : chunk
      bytes += piece.length
      if (bytes > maxUploadBytes[what.kind])
        return { refused: 'too-large', maxBytes: maxUploadBytes[what.kind] }
      await take(piece, file, hash)
    }
    if (!what) {
      if (head.length === 0)
        return { refused: 'empty' }
      what = await tell(head, accept)
      if (!what)
        return { refused: 'wrong-type' }
      bytes = head.length
      await take(head, file, hash)
    }
    await file.sync()
    return {
      ...what,
      bytes,
      sha256: hash.digest('hex'),
    }
  }
  finally {
    await file.close()
  }
}

async function take(piece: Uint8Array, file: { writeFile: (bytes: Uint8Array) => Promise<void> }, hash: Hash): Promise<void> {
  hash.update(piece)
  await file.writeFile(piece)
}

async function tell(head: Buffer, accept: readonly UploadKind[]): Promise<{ kind: UploadKind, type: string, found: string } | null> {
  const found = (await fileTypeFromBuffer(head))?.mime ?? ''
  const accepted = acceptedType(found)
  return accepted && accept.includes(accepted.kind)
    ? { ...accepted, found }
    : null
}
