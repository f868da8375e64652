import { createHmac } from 'node:crypto'

/** What an authenticator shows now for a key as pages print it (base32, blanks allowed): RFC 6238, SHA-1, 30 s, 6 digits. */
export function totp(key: string, at = Date.now()): string {
  const bits = [
    ...key.replaceAll(/[\s=]/g, '').toUpperCase(),
  ].map(sign => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from(bits.match(/.{8}/g)!.map(byte => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const hash = createHmac('sha1', secret).update(counter).digest()
  const number = hash.readUInt32BE(hash.at(-1)! & 15) & 0x7FFFFFFF
  return String(number % 1_000_000).padStart(6, '0')
}
