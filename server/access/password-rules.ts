import { dictionary } from '@zxcvbn-ts/language-common'

export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 128

const common = new Set(dictionary['passwords-common'].map(word => word.toString().toLowerCase()))

export type PasswordFault = 'too-short' | 'too-long' | 'common' | 'repeated' | 'like-name'

/**
 * Why a new password is refused, or null. OWASP ASVS 5.0 §6.2: length counts, composition rules do not;
 * the common ones are refused, also with digits or signs put around them.
 */
export function passwordFault(password: string, name = ''): PasswordFault | null {
  const length = [...password].length
  if (length < PASSWORD_MIN)
    return 'too-short'
  if (length > PASSWORD_MAX)
    return 'too-long'
  const lower = password.toLowerCase()
  const core = lower.replace(/^[\d\W_]+|[\d\W_]+$/g, '')
  if (common.has(lower) || (core.length > 3 && common.has(core) && core.length >= length - 6) || /^(?:0?1234567890?)+$/.test(lower))
    return 'common'
  if (new Set(lower).size < 5)
    return 'repeated'
  if (name.length > 3 && lower.includes(name.toLowerCase()))
    return 'like-name'
  return null
}
