import type { Fault } from './fault.ts'
import { shallowRef } from 'vue'
import { askAuth } from './ask-auth.ts'
import { faultOf } from './fault.ts'

export interface Enrolment {
  /** otpauth: address that a QR code holds. */
  uri: string
  /** The same secret to type, in groups of four. */
  key: string
  backupCodes: string[]
}

/** Sets up the second factor: asks for a secret, shows it, and lets it be proven. Whoever has one already may get new backup codes. */
export function useEnrolment() {
  const enrolment = shallowRef<Enrolment | null>(null)
  /** The second factor was set up before; these are new backup codes. null = none asked for. */
  const renewed = shallowRef<string[] | null>(null)
  const isSetUp = shallowRef(false)
  const busy = shallowRef(false)
  const fault = shallowRef<Fault | null>(null)

  async function begin(password: string): Promise<void> {
    busy.value = true
    const answer = await askAuth<{ totpURI: string, backupCodes: string[] }>('/two-factor/enable', bodyOf(password))
    busy.value = false
    if ('data' in answer) {
      fault.value = null
      enrolment.value = enrolmentOf(answer.data)
    }
    else if (answer.code === 'TOTP_ALREADY_ENABLED') {
      fault.value = null
      isSetUp.value = true
    }
    else {
      fault.value = faultOf(answer, 'server')
    }
  }

  /** All backup codes that there were are void from now on. */
  async function renew(password: string): Promise<void> {
    busy.value = true
    const answer = await askAuth<{ backupCodes: string[] }>('/two-factor/generate-backup-codes', bodyOf(password))
    busy.value = false
    if ('data' in answer)
      renewed.value = answer.data.backupCodes
    else
      fault.value = faultOf(answer, 'server')
  }

  /** true: the second factor is on. */
  async function prove(code: string): Promise<boolean> {
    busy.value = true
    const answer = await askAuth('/two-factor/verify-totp', {
      code: code.replaceAll(/\D/g, ''),
    })
    busy.value = false
    fault.value = 'data' in answer
      ? null
      : faultOf(answer, 'code')
    return 'data' in answer
  }

  return {
    enrolment,
    renewed,
    isSetUp,
    busy,
    fault,
    begin,
    renew,
    prove,
  }
}

/** An account that only the provider of sign-on vouches for has no password. */
function bodyOf(password: string): object {
  return password === ''
    ? {}
    : { password }
}

/** The library names an account by its mail address, which here is made up from the sign-in name. */
export function enrolmentOf({ totpURI, backupCodes }: { totpURI: string, backupCodes: string[] }): Enrolment {
  const uri = totpURI.replace(/(?:%40|@)local\.invalid/i, '')
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return {
    uri,
    key: secret.replaceAll(/(.{4})(?=.)/g, '$1 '),
    backupCodes,
  }
}
