import { Buffer } from 'node:buffer'
import { hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a key is used for; each is derived from the one secret, so that none gives away another. */
export type KeyUse = 'cookies' | 'audit'

/**
 * The server's secret: from the environment (base64 or hex, at least 32 bytes), else a file of DATA_DIR made at the first
 * start and readable by its owner alone. Several servers on one database must be given the same.
 */
export function loadSecret(dataDir: string, fromEnvironment?: string): Buffer {
  if (fromEnvironment) {
    return Buffer.from(fromEnvironment, /^[0-9a-f]{64,}$/i.test(fromEnvironment)
      ? 'hex'
      : 'base64')
  }
  const file = join(dataDir, 'server.secret')
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
}

/** 32 bytes for one use (RFC 5869). */
export function keyFor(secret: Buffer, use: KeyUse): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `huizhi ${use}`, 32))
}
