import type { Identity } from '../access/identity.ts'
import type { Access } from '../access/open-access.ts'
import type { Arrival } from './admission.ts'
import { admit, isFromHere } from './admission.ts'

/** The wall of a demo on its own machine, which needs no pairing. */
const wallOfThisMachine: Identity = {
  userId: 'loopback',
  sessionId: 'loopback',
  name: '本机大屏',
  role: 'wall',
  region: null,
  officer: null,
  standing: 'full',
  expiresAt: new Date(8.64e15),
}

/** Tells who asks, over HTTP or at the socket's handshake. `isDemo`: on the demo database a browser of this machine is a wall. */
export function whoAsks({ access, isDemo, publicOrigin }: { access: Pick<Access, 'identify'>, isDemo: boolean, publicOrigin: string | null }) {
  return async (headers: Headers, arrival: Arrival): Promise<Identity | null> => {
    if ('refused' in admit(arrival, { publicOrigin }))
      return null
    return await access.identify(headers) ?? (isDemo && isFromHere(arrival)
      ? wallOfThisMachine
      : null)
  }
}

export function isWallOfThisMachine({ userId }: Identity): boolean {
  return userId === wallOfThisMachine.userId
}
