import type { Buffer } from 'node:buffer'
import type { PersonalData } from '../privacy/personal-data.ts'
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** Without signs that people take for another: 0 O, 1 I L. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const length = 8

const slowHash = promisify(scrypt) as (password: string, salt: Buffer, bytes: number) => Promise<Buffer>

/** What is kept of a query code. */
export interface SealedCode {
  salt: Buffer
  hash: Buffer
}

/**
 * The code of the report that was sent with this key: 8 of 31 signs, 10¹² possibilities, as '6F4K-82QM'. The same key gives
 * the same code, so that a phone that lost the answer gets it again although the code itself is kept nowhere.
 */
export function queryCode(personal: Pick<PersonalData, 'codeOf'>, key: string): string {
  let rest = personal.codeOf(key).readBigUInt64BE()
  let code = ''
  for (let i = 0; i < length; i++) {
    code += alphabet[Number(rest % BigInt(alphabet.length))]
    rest /= BigInt(alphabet.length)
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** Slow by intent (scrypt, RFC 7914): who steals the table cannot try all codes. */
export async function sealCode(code: string): Promise<SealedCode> {
  const salt = randomBytes(16)
  return {
    salt,
    hash: await slowHash(plainCode(code), salt, 32),
  }
}

/** Whether it is that code, however it was typed: ' 6f4k 82qm' is '6F4K-82QM'. */
export async function isCode(typed: string, { salt, hash }: SealedCode): Promise<boolean> {
  return timingSafeEqual(await slowHash(plainCode(typed), salt, 32), hash)
}

function plainCode(code: string): string {
  return code.normalize('NFKC').toUpperCase().replace(/[^0-9A-Z]/g, '')
}
