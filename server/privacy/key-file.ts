import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { CannotStart } from '../cannot-start.ts'

export interface KeySource {
  /** 64 hex digits or base64; wins over the file. */
  fromEnvironment?: string | null | undefined
  /** What that variable is called. */
  variable: string
  dataDir: string
  /** Name of the file in `dataDir`, made at the first start and readable by its owner only. */
  file: string
}

/** 32 bytes. Throws CannotStart. */
export async function loadKey({ fromEnvironment, variable, dataDir, file }: KeySource): Promise<Buffer> {
  if (fromEnvironment)
    return parseKey(fromEnvironment, variable)
  const path = join(dataDir, file)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      return makeKeyFile(dataDir, path)
    throw new CannotStart(`无法读取 ${path} · Cannot read ${path}: ${error.message}`)
  })
  return parseKey(text.trim(), path)
}

/** Appears under its name in one step, so that two processes that start at once end with the same key. */
async function makeKeyFile(dataDir: string, path: string): Promise<string> {
  await mkdir(dataDir, { recursive: true })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST')
      throw error
  })
  await unlink(draft)
  return readFile(path, 'utf8')
}

function parseKey(text: string, where: string): Buffer {
  const key = /^[\da-f]{64}$/i.test(text)
    ? Buffer.from(text, 'hex')
    : Buffer.from(text, 'base64')
  if (key.length !== 32)
    throw new CannotStart(`${where} 应为 32 字节的十六进制或 base64 · ${where} must be 32 bytes as hex or base64`)
  return key
}
