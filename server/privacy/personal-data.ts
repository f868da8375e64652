import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey, hkdfSync, randomFillSync } from 'node:crypto'

/** Names and phones of residents: encrypted in the database, found again by a keyed hash. */
export interface PersonalData {
  /** Tells two keys apart without telling anything about them. */
  fingerprint: string
  seal: (text: string) => Buffer
  /** Throws when the bytes were sealed with another key or were changed. */
  open: (sealed: Uint8Array) => string
  /** The same for every way to write one number: spaces, dashes, full-width digits and +86 do not count. */
  phoneHash: (phone: string) => string
  /** The same for every way to write one name: spaces and the width of letters do not count. */
  nameHash: (name: string) => string
  /** 32 bytes that only this server can make from the text: the query code of a report from the key it was sent with. */
  codeOf: (text: string) => Buffer
}

const version = 1
const ivBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM; sealed = version (1 byte), nonce (12), tag (16), ciphertext. Encryption and hash use keys of their own,
 * both derived from `key` (RFC 5869), so that neither tells about the other.
 *
 * @param key 32 random bytes
 */
export function personalData(key: Uint8Array): PersonalData {
  // As key objects: OpenSSL prepares them once instead of at every use (4.5 µs a value against 17).
  const derived = (purpose: string) => createSecretKey(Buffer.from(hkdfSync('sha256', key, '', purpose, 32)))
  const encryptionKey = derived('huizhi personal data')
  const hashKey = derived('huizhi phone search')
  const nameKey = derived('huizhi name search')
  const codeKey = derived('huizhi query code')
  const nextNonce = nonces()
  return {
    fingerprint: createHash('sha256').update('huizhi fingerprint').update(key).digest('hex').slice(0, 16),
    seal(text) {
      const iv = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', encryptionKey, iv)
      const body = Buffer.concat([
        cipher.update(text, 'utf8'),
        cipher.final(),
      ])
      return Buffer.concat([
        Buffer.of(version),
        iv,
        cipher.getAuthTag(),
        body,
      ])
    },
    open(sealed) {
      if (sealed[0] !== version)
        throw new Error(`Personal data of an unknown format (${sealed[0]})`)
      const iv = sealed.subarray(1, 1 + ivBytes)
      const tag = sealed.subarray(1 + ivBytes, 1 + ivBytes + tagBytes)
      const decipher = createDecipheriv('aes-256-gcm', encryptionKey, iv)
      decipher.setAuthTag(tag)
      return Buffer.concat([
        decipher.update(sealed.subarray(1 + ivBytes + tagBytes)),
        decipher.final(),
      ]).toString('utf8')
    },
    phoneHash(phone) {
      return createHmac('sha256', hashKey).update(plainNumber(phone)).digest('base64url')
    },
    nameHash: name => createHmac('sha256', nameKey).update(name.normalize('NFKC').replace(/\s/g, '')).digest('base64url'),
    codeOf: text => createHmac('sha256', codeKey).update(text).digest(),
  }
}

/** '+86 138-0013 8000' → '13800138000'. */
function plainNumber(phone: string): string {
  return phone.normalize('NFKC').replace(/[^\d+]/g, '').replace(/^(?:\+86|0086)/, '')
}

/** Random nonces, fetched from the system 512 at a time: one by one they cost as much as the encryption. */
function nonces(): () => Buffer {
  const pool = Buffer.alloc(512 * ivBytes)
  let at = pool.length
  return () => {
    if (at === pool.length) {
      randomFillSync(pool)
      at = 0
    }
    at += ivBytes
    return pool.subarray(at - ivBytes, at)
  }
}
