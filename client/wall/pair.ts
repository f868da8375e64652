/** What the server gives a screen that asks to be paired: RFC 8628 §3.2, times in seconds. */
export interface DeviceCode {
  device_code: string
  user_code: string
  expires_in: number
  interval: number
}

export interface PairingWorld {
  /** null = no answer. */
  post: (path: string, body: object) => Promise<{ status: number, body: Record<string, unknown> } | null>
  /** Rejects when the screen does not need pairing any more. */
  sleep: (seconds: number) => Promise<void>
  /** What is to be seen: the code, or that the server does not answer. */
  show: (state: { code: DeviceCode } | 'unreachable') => void
}

const clientId = 'wall'
const retrySeconds = 5
const longestWait = 60

/**
 * Shows a code until an administrator has approved it, a new one whenever it runs out (RFC 8628). The session comes as a cookie
 * that no script can read.
 */
export async function pair(world: PairingWorld): Promise<void> {
  for (;;) {
    const answer = await world.post('/device/code', { client_id: clientId })
    if (answer?.status !== 200) {
      world.show('unreachable')
      await world.sleep(retrySeconds)
      continue
    }
    const code = answer.body as unknown as DeviceCode
    world.show({ code })
    if (await isApproved(code, world))
      return
  }
}

/** Asks as often as the server wishes, less often when it is told to or nobody answers. false: another code is needed. */
async function isApproved({ device_code, interval }: DeviceCode, world: PairingWorld): Promise<boolean> {
  let wait = interval
  for (;;) {
    await world.sleep(wait)
    const answer = await world.post('/device/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: clientId,
      device_code,
    })
    if (answer?.status === 200)
      return true
    if (answer === null || answer.status >= 500 || answer.status === 429)
      wait = Math.min(longestWait, wait * 2)
    else if (answer.body.error === 'slow_down')
      wait += 5
    else if (answer.body.error !== 'authorization_pending')
      return false
  }
}
