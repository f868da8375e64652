import type { MadeTracker } from '#contract/positions.ts'

export const trackerApps = [
  'owntracks',
  'traccar',
] as const
export type TrackerApp = (typeof trackerApps)[number]

export interface TrackerSetUp {
  /** What is typed into the app, by the app's own fields. */
  fields: { field: 'url' | 'user' | 'password' | 'identifier', text: string }[]
  /** What sets it up when the phone reads it as a QR code. */
  code: string
}

/**
 * How an app is told to report as a device. OwnTracks takes its configuration as a link
 * (https://owntracks.org/booklet/features/remoteconfig, mode 3 = HTTP); Traccar Client reads its server's address with `id` from a QR
 * code (https://github.com/traccar/traccar-client).
 */
export function trackerSetUp(app: TrackerApp, { officer, token, origin }: Pick<MadeTracker, 'officer' | 'token' | 'origin'>): TrackerSetUp {
  const url = `${origin}/api/v1/trackers/${app === 'owntracks'
    ? 'owntracks'
    : 'osmand'}`
  if (app === 'traccar') {
    return {
      fields: [
        { field: 'url', text: url },
        { field: 'identifier', text: token },
      ],
      code: `${url}?${new URLSearchParams({ id: token })}`,
    }
  }
  return {
    fields: [
      { field: 'url', text: url },
      { field: 'user', text: officer },
      { field: 'password', text: token },
    ],
    code: `owntracks:///config?inline=${encodeURIComponent(base64(JSON.stringify({
      _type: 'configuration',
      mode: 3,
      url,
      auth: true,
      username: officer,
      password: token,
    })))}`,
  }
}

/** Of its UTF-8. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
