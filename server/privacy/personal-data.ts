import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Names and phones of residents: encrypted in the database, found again by a keyed hash. */
export interface PersonalData {
  /** Tells two keys apart without telling anything about them. */
  fingerprint: string
  seal: (text: string) => Buffer
  /** Throws when the bytes were sealed with another key or were changed. */
  open: (sealed: Uint8Array) => string
  /** The same for every way to write one number: spaces, dashes, full-width digits and +86 do not count. */
  phoneHash: (phone: string) => string
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
  const encryptionKey = Buffer.from(hkdfSync('sha256', key, '', 'huizhi personal data', 32))
  const hashKey = Buffer.from(hkdfSync('sha256', key, '', 'huizhi phone search', 32))
  return {
    fingerprint: createHash('sha256').update('huizhi fingerprint').update(key).digest('hex').slice(0, 16),
    seal(text) {
      const iv = randomBytes(ivBytes)
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
  }
}

/** '+86 138-0013 8000' → '13800138000'. */
function plainNumber(phone: string): string {
  return phone.normalize('NFKC').replace(/[^\d+]/g, '').replace(/^(?:\+86|0086)/, '')
}
