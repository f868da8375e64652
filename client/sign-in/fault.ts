/** What went wrong, as the last part of its text's key, and the minutes to wait where that is all that helps. */
export interface Fault { key: FaultKey, minutes?: number }

export type FaultKey = 'wrong' | 'locked' | 'banned' | 'code' | 'backup' | 'again' | 'current' | 'differ' | 'short' | 'long' | 'common' | 'repeated' | 'likeName' | 'same' | 'demo' | 'noPassword' | 'noAccount' | 'signOn' | 'unreachable' | 'server'

const keys: Record<string, FaultKey> = {
  UNREACHABLE: 'unreachable',
  SERVER: 'server',
  BANNED_USER: 'banned',
  INVALID_CODE: 'code',
  INVALID_BACKUP_CODE: 'backup',
  INVALID_TWO_FACTOR_COOKIE: 'again',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'again',
  INVALID_PASSWORD: 'current',
  PASSWORD_TOO_SHORT: 'short',
  PASSWORD_TOO_LONG: 'long',
  PASSWORD_COMMON: 'common',
  PASSWORD_REPEATED: 'repeated',
  PASSWORD_LIKE_NAME: 'likeName',
  PASSWORD_SAME: 'same',
  DEMO_ACCOUNT: 'demo',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'noPassword',
  UNAUTHORIZED: 'again',
  HTTP_401: 'again',
  HTTP_429: 'locked',
  LOCKED: 'locked',
  ACCOUNT_TEMPORARILY_LOCKED: 'locked',
}

/** `otherwise`: what it means here when nothing else is known. */
export function faultOf({ code, seconds }: { code: string, seconds: number | null }, otherwise: FaultKey): Fault {
  const key = keys[code] ?? otherwise
  return key === 'locked'
    ? {
        key,
        minutes: Math.ceil((seconds ?? 15 * 60) / 60),
      }
    : { key }
}

/** A name or password that the library will not even look up is as wrong as any other: nothing is told about accounts. */
export function signInFault(answer: { code: string, seconds: number | null }): Fault {
  const fault = faultOf(answer, 'wrong')
  return [
    'wrong',
    'locked',
    'banned',
    'unreachable',
    'server',
  ].includes(fault.key)
    ? fault
    : { key: 'wrong' }
}

/** What the provider of sign-on, or the library after it, put into the address. */
export function signOnFault(error: string): Fault {
  return {
    key: ['signup_disabled', 'account_not_linked', 'unable_to_link_account'].includes(error)
      ? 'noAccount'
      : 'signOn',
  }
}
