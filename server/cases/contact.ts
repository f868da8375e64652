import type { CaseInput } from '#contract/case.ts'
import type { NewCase } from '../../db/queries/write-cases.ts'
import type { PersonalData } from '../privacy/personal-data.ts'

/** Whom to call back, as the table keeps it. */
export type SealedContact = Pick<NewCase, 'contact_name' | 'contact_phone' | 'contact_phone_hash'>

export function sealContact(contact: CaseInput['contact'], personal: PersonalData): SealedContact {
  const { name, phone } = contact ?? {}
  return {
    contact_name: name
      ? personal.seal(name)
      : null,
    contact_phone: phone
      ? personal.seal(phone)
      : null,
    contact_phone_hash: phone
      ? personal.phoneHash(phone)
      : null,
  }
}

/** What of a contact is new; what the source does not say stays. */
export function contactPatch(
  before: Pick<SealedContact, 'contact_name' | 'contact_phone_hash'>,
  { name, phone }: NonNullable<CaseInput['contact']>,
  personal: PersonalData,
): Partial<SealedContact> {
  return {
    ...(name && name !== readableName(before, personal) && {
      contact_name: personal.seal(name),
    }),
    ...(phone && personal.phoneHash(phone) !== before.contact_phone_hash && {
      contact_phone: personal.seal(phone),
      contact_phone_hash: personal.phoneHash(phone),
    }),
  }
}

/** What was sealed with a lost or another process's key counts as not there, and is sealed anew. */
function readableName({ contact_name }: Pick<SealedContact, 'contact_name'>, personal: PersonalData): string | null {
  try {
    return contact_name && personal.open(contact_name)
  }
  catch {
    return null
  }
}
