import type { ImportInput } from '../import-request.ts'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { UnusableInput } from '../import-request.ts'

/** An input that can be read from its beginning as often as needed. */
export interface Source {
  /** Bytes, gunzipped if they were gzipped. `onBytes` is told how many bytes of the input itself have been read. */
  open: (onBytes?: (bytes: number) => void) => AsyncIterable<Uint8Array>
  dispose: () => Promise<void>
}

/** A stream that can be read only once goes through a temporary file, never through memory as a whole. */
export async function openSource(input: ImportInput): Promise<Source> {
  if (typeof input === 'function') {
    return {
      open: onBytes => read(input(), onBytes),
      dispose: async () => {},
    }
  }
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-import-'))
  const file = join(folder, 'input')
  await pipeline(Readable.from(input), createWriteStream(file))
  return {
    open: onBytes => read(createReadStream(file), onBytes),
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
}

async function* read(chunks: AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void = () => {}): AsyncGenerator<Uint8Array> {
  const counted = count(chunks, onBytes)
  const first = await firstBytes(counted, 2)
  const whole = prepend(first, counted)
  if (first[0] === 0x1F && first[1] === 0x8B)
    yield* gunzip(whole)
  else
    yield* whole
}

async function* count(chunks: AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    onBytes(bytes)
    yield chunk
  }
}

async function firstBytes(chunks: AsyncGenerator<Uint8Array>, wanted: number): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array()
  while (first.length < wanted) {
    const { value, done } = await chunks.next()
    if (done)
      break
    first = first.length === 0
      ? value
      : Buffer.concat([first, value])
  }
  return first
}

async function* prepend(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0)
    yield first
  yield* rest
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unzipped = createGunzip()
  // A failure of either end destroys both, and the loop below meets it.
  const piped = pipeline(Readable.from(chunks), unzipped).catch(() => {})
  try {
    yield* unzipped
    await piped
  }
  catch (error) {
    throw asUnusable(error)
  }
}

function asUnusable(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'Z_BUF_ERROR')
    return new UnusableInput('压缩文件不完整 · The gzip file is cut off: its end is missing. Nothing was imported.')
  if (code?.startsWith('Z_'))
    return new UnusableInput(`压缩文件已损坏 · The gzip file is damaged (${(error as Error).message}). Nothing was imported.`)
  return error
}
