import type { LngLat } from '#contract/geometry.ts'
import { z } from 'zod'
import { CaseInput, CaseKind, CaseSource, Urgency } from '#contract/case.ts'
import { LngLat as Position } from '#contract/geometry.ts'
import { Upload } from '#contract/upload.ts'

/** A call that is being taken. */
const CallDraft = z.object({
  content: z.string(),
  kind: CaseKind,
  source: CaseSource,
  urgency: Urgency,
  address: z.string(),
  at: Position.nullable(),
  name: z.string(),
  phone: z.string(),
  /** Of what an enterprise asks: its name begins the text, as on a ticket. */
  company: z.string(),
  /** Sent already; they wait for the case a day. */
  files: z.array(Upload),
})
export type CallDraft = z.infer<typeof CallDraft>

export const emptyCall: CallDraft = {
  content: '',
  kind: 'other',
  source: 'hotline',
  urgency: 'normal',
  address: '',
  at: null,
  name: '',
  phone: '',
  company: '',
  files: [],
}

/** Kept for this tab and this account only: a telephone number does not outlive the shift on a shared machine. */
const nameOf = (account: string) => `huizhi.call.${account}`

export function readDraft(store: Storage, account: string): CallDraft {
  const kept = CallDraft.safeParse(parsed(store.getItem(nameOf(account))))
  return kept.success
    ? kept.data
    : { ...emptyCall }
}

export function keepDraft(store: Storage, account: string, draft: CallDraft): void {
  if (isEmpty(draft))
    store.removeItem(nameOf(account))
  else
    store.setItem(nameOf(account), JSON.stringify(draft))
}

export function isEmpty({ content, address, name, phone, company, files }: CallDraft): boolean {
  return files.length === 0 && [content, address, name, phone, company].every(text => text.trim() === '')
}

/** As the server takes it; null while nothing is said of the matter. */
export function callInput({ content, kind, source, urgency, address, at, name, phone, company }: CallDraft): CaseInput | null {
  const contact = {
    ...optional('name', name),
    ...optional('phone', phone),
  }
  const input = CaseInput.safeParse({
    content: source === 'enterprise' && company.trim() !== '' && content.trim() !== ''
      ? `${company.trim()}：${content.trim()}`
      : content,
    kind,
    source,
    urgency,
    ...optional('address', address),
    ...(at && {
      location: locationOf(at),
    }),
    ...(Object.keys(contact).length > 0 && { contact }),
  })
  return input.success
    ? input.data
    : null
}

function locationOf([lng, lat]: LngLat) {
  return { lng, lat, datum: 'wgs84' as const }
}

function optional(key: string, text: string): Record<string, string> {
  return text.trim() === ''
    ? {}
    : {
        [key]: text.trim(),
      }
}

function parsed(text: string | null): unknown {
  try {
    return text && JSON.parse(text)
  }
  catch {
    return null
  }
}
