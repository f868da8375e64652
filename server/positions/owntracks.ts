import { z } from 'zod'

/**
 * OwnTracks in HTTP mode (https://owntracks.org/booklet/tech/json): the app POSTs one JSON object at a time with Basic
 * authentication, keeps what was not answered with 2xx and sends it again, and reads the answer as a list of messages to itself.
 */
const OwnTracksLocation = z.object({
  _type: z.literal('location'),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  tst: z.number().int().positive().describe('seconds since 1970-01-01 UTC'),
  acc: z.number().min(0).optional().describe('metres'),
})
const OwnTracksOther = z.object({
  _type: z.string(),
})

export interface TrackerFix { lng: number, lat: number, seenAt: number, accuracy: number | null }

/** A fix; 'other' = another of its messages, which says nothing here; else what is wrong. */
export function readOwnTracks(body: unknown): { fix: TrackerFix } | 'other' | { errors: { path: string, message: string }[] } {
  const other = OwnTracksOther.safeParse(body)
  if (other.success && other.data._type !== 'location')
    return 'other'
  const parsed = OwnTracksLocation.safeParse(body)
  if (!parsed.success) {
    return {
      errors: parsed.error.issues.map(({ path, message }) => ({
        path: path.join('.'),
        message,
      })),
    }
  }
  const { lat, lon, tst, acc } = parsed.data
  return {
    fix: {
      lng: lon,
      lat,
      seenAt: tst * 1000,
      accuracy: acc ?? null,
    },
  }
}

/** The password of `Authorization: Basic …`; the name before it may be anything. */
export function basicPassword(header: string | undefined): string | null {
  const [, encoded] = /^Basic\s+([A-Z0-9+/=]+)$/i.exec(header ?? '') ?? []
  if (encoded === undefined)
    return null
  const said = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = said.indexOf(':')
  return colon < 0
    ? null
    : said.slice(colon + 1)
}
