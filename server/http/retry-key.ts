import type { Claim } from '../../db/queries/idempotency.ts'
import { createHash } from 'node:crypto'
import { z } from 'zod'

/** Header of requests that may be sent again, as after a lost connection (draft-ietf-httpapi-idempotency-key-header). */
export const RetryHeaders = z.object({
  'idempotency-key': z.string().regex(/^[\x21-\x7E]{1,200}$/, 'must be 1 to 200 printable ASCII characters').optional().describe('the same key with the same body gets the same answer and is done once'),
})

/** The claim of a request on its key, undefined without one. `asked` is everything that makes two requests the same. */
export function claimOf(key: string | undefined, subject: string, asked: unknown): Claim | undefined {
  if (key === undefined)
    return undefined
  return {
    key,
    subject,
    hash: createHash('sha256').update(JSON.stringify(asked)).digest('base64url'),
  }
}
