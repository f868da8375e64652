import type { CaseCursor } from '../../db/queries/cases.ts'
import { z } from 'zod'

/** `?bbox=west,south,east,north`, degrees. */
export const BboxQuery = z.string()
  .regex(/^-?\d{1,3}(?:\.\d+)?(?:,-?\d{1,3}(?:\.\d+)?){3}$/, 'must be west,south,east,north in degrees')
  .transform(text => text.split(',').map(Number) as [number, number, number, number])
  .refine(([west, south, east, north]) => west <= east && south <= north, 'west must not exceed east, nor south north')
  .refine(([west, south, east, north]) => west >= -180 && east <= 180 && south >= -90 && north <= 90, 'lies outside the world')

/** `?status=a,b` or `?status=a&status=b`. */
export function listQuery<T extends z.ZodType<string, string>>(item: T) {
  return z.union([
    z.string(),
    z.array(z.string()),
  ])
    .transform(given => (Array.isArray(given)
      ? given
      : [given]).flatMap(text => text.split(',')))
    .pipe(z.array(item).min(1))
}

export const RegionQuery = z.string().regex(/^[\w-]{1,40}$/, 'must be a region code')

/** Opaque to whoever passes it back: base64url of the JSON. */
export const CursorQuery = z.string().max(200).transform((text, context): CaseCursor => {
  const cursor = parseCursor(text)
  if (!cursor)
    context.addIssue({ code: 'custom', message: 'is not a cursor of this server' })
  return cursor ?? z.NEVER
})

export function cursorText(cursor: CaseCursor | null): string | null {
  if (!cursor)
    return null
  return Buffer.from(JSON.stringify(cursor.order === 'newest'
    ? [cursor.id]
    : [cursor.id, cursor.updatedMicros])).toString('base64url')
}

const CursorParts = z.union([
  z.tuple([
    z.string().max(60),
  ]),
  z.tuple([
    z.string().max(60),
    z.number().int(),
  ]),
])

function parseCursor(text: string): CaseCursor | null {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  }
  catch {
    return null
  }
  const { data } = CursorParts.safeParse(value)
  if (!data)
    return null
  const [id, updatedMicros] = data
  return updatedMicros === undefined
    ? { order: 'newest', id }
    : { order: 'updated', id, updatedMicros }
}
