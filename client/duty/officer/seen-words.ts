import { goneAfterMs, staleAfterMs } from '../../map/layers/officers.ts'

/** How old a position is: `isOld` = he may be elsewhere by now; `gone` = it is not drawn any more. */
export interface SeenWords { key: 'never' | 'seconds' | 'minutes' | 'gone', n: number, isOld: boolean }

/** Both in ms. */
export function seenWords(seenAt: number | null, now: number): SeenWords {
  if (seenAt === null)
    return { key: 'never', n: 0, isOld: true }
  const age = Math.max(0, now - seenAt)
  if (age > goneAfterMs) {
    return {
      key: 'gone',
      n: Math.round(age / 60_000),
      isOld: true,
    }
  }
  return age < 120_000
    ? {
        key: 'seconds',
        n: Math.round(age / 1000),
        isOld: age > staleAfterMs,
      }
    : {
        key: 'minutes',
        n: Math.floor(age / 60_000),
        isOld: true,
      }
}
