import type { TrackerFix } from './owntracks.ts'
import { z } from 'zod'

/**
 * The OsmAnd protocol of Traccar (https://www.traccar.org/osmand/): parameters in the address or a form, and, since Traccar Client
 * 9, JSON. The device tells itself by `id` (or `deviceid`, `device_id`): here that is its token.
 */
const degrees = (most: number) => z.coerce.number().min(-most).max(most)
const Parameters = z.object({
  id: z.string().min(1).max(100),
  lat: degrees(90),
  lon: degrees(180),
  timestamp: z.string().optional(),
  accuracy: z.coerce.number().min(0).optional(),
})
const Json = z.object({
  device_id: z.string().min(1).max(100),
  location: z.object({
    timestamp: z.union([
      z.string(),
      z.number(),
    ]),
    coords: z.object({
      latitude: degrees(90),
      longitude: degrees(180),
      accuracy: z.number().optional(),
    }),
  }),
})

export type OsmAndReport = { token: string, fix: TrackerFix } | { errors: { path: string, message: string }[] }

/** Of an address or a form. `now` (ms) where the device tells no time. */
export function readOsmAnd(said: Record<string, string>, now: number): OsmAndReport {
  const [lat, lon] = said.location?.split(',') ?? []
  const parsed = Parameters.safeParse({
    ...said,
    id: said.id ?? said.deviceid,
    lat: said.lat ?? lat,
    lon: said.lon ?? lon,
  })
  if (!parsed.success) {
    return {
      errors: issuesOf(parsed.error),
    }
  }
  if (said.valid === 'false' || said.valid === '0') {
    return {
      errors: [
        { path: 'valid', message: 'the device itself calls the position invalid' },
      ],
    }
  }
  const { id, accuracy, timestamp } = parsed.data
  const seenAt = timestamp === undefined
    ? now
    : timeOf(timestamp)
  return seenAt === null
    ? {
        errors: [
          { path: 'timestamp', message: 'neither seconds nor milliseconds since 1970 nor a date' },
        ],
      }
    : {
        token: id,
        fix: {
          lng: parsed.data.lon,
          lat: parsed.data.lat,
          seenAt,
          accuracy: accuracy || null,
        },
      }
}

export function readTraccarJson(body: unknown): OsmAndReport {
  const parsed = Json.safeParse(body)
  if (!parsed.success) {
    return {
      errors: issuesOf(parsed.error),
    }
  }
  const { device_id: token, location: { timestamp, coords: { latitude, longitude, accuracy } } } = parsed.data
  const seenAt = timeOf(String(timestamp))
  return seenAt === null
    ? {
        errors: [
          { path: 'location.timestamp', message: 'is not a date' },
        ],
      }
    : {
        token,
        fix: {
          lng: longitude,
          lat: latitude,
          seenAt,
          accuracy: accuracy && accuracy > 0
            ? accuracy
            : null,
        },
      }
}

/** '1609459200', '1609459200000', '2021-01-01T00:00:00Z' or '2021-01-01 00:00:00' (UTC); null = none of them. Milliseconds. */
function timeOf(text: string): number | null {
  if (/^\d{9,11}(?:\.\d+)?$/.test(text))
    return Math.round(Number(text) * 1000)
  if (/^\d{12,14}$/.test(text))
    return Number(text)
  const at = Date.parse(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
    ? `${text.replace(' ', 'T')}Z`
    : text)
  return Number.isNaN(at)
    ? null
    : at
}

function issuesOf({ issues }: z.ZodError): { path: string, message: string }[] {
  return issues.map(({ path, message }) => ({
    path: path.join('.'),
    message,
  }))
}
