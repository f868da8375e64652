import { shallowRef } from 'vue'
import { loadMe } from '../state/me.ts'
import { onDoubt } from '../state/session-doubt.ts'

/** paired: it shows the wall (also for a person who may see it) · new: it has to be paired · revoked: it was paired until now. */
export const pairing = shallowRef<'paired' | 'new' | 'revoked'>('paired')

/** The server notes that a screen is alive, and gives it its cookie anew, whenever it asks who it is. */
const askEveryMs = 60_000

/**
 * Finds out whether this screen may show the wall, and again whenever the server would not answer it. While the server is away
 * nobody can tell, and what is on the wall stays on it.
 */
export async function enterWall(start: () => void): Promise<void> {
  let started = false
  let wasPaired = false

  async function ask() {
    const me = await loadMe().catch(() => null)
    const isPaired = me?.account?.standing === 'full' && me.pages.includes('wall')
    if (me && !isPaired && pairing.value === 'paired')
      pairing.value = wasPaired ? 'revoked' : 'new'
    if (isPaired && pairing.value !== 'paired')
      return location.reload()
    wasPaired ||= isPaired && me!.account!.role === 'wall'
    if (!started && pairing.value === 'paired') {
      started = true
      start()
    }
  }

  onDoubt(doubt => doubt === 'refused' && pairing.value === 'paired' && void ask())
  setInterval(ask, askEveryMs)
  await ask()
}
