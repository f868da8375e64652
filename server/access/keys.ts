import type { Config } from '../config.ts'
import { Buffer } from 'node:buffer'
import { hkdfSync } from 'node:crypto'
import { loadKey } from '../privacy/key-file.ts'

/** What a key is used for; each is derived from the one secret, so that none gives away another. */
export type KeyUse = 'cookies' | 'audit'

/**
 * The server's secret: SERVER_SECRET, else DATA_DIR/server.secret, which is made at the first start and readable by its owner
 * only. Several servers on one database must be given the same. Throws CannotStart.
 */
export function loadSecret({ serverSecret, dataDir }: Pick<Config, 'serverSecret' | 'dataDir'>): Promise<Buffer> {
  return loadKey({
    fromEnvironment: serverSecret,
    variable: 'SERVER_SECRET',
    dataDir,
    file: 'server.secret',
  })
}

/** 32 bytes for one use (RFC 5869). */
export function keyFor(secret: Buffer, use: KeyUse): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `huizhi ${use}`, 32))
}
