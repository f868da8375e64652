import type { CaseInput } from '#contract/case.ts'
import type { ReportInput, ReportReceipt } from '#contract/report.ts'
import type { Sql } from '../../db/connect.ts'
import type { Claim } from '../../db/queries/idempotency.ts'
import type { CaseRegistration, Registered } from '../cases/register-cases.ts'
import type { Compound } from '../places/compounds.ts'
import type { PersonalData } from '../privacy/personal-data.ts'
import { insertReceipt } from '../../db/queries/report-receipts.ts'
import { attachReportPhotos } from './attach-report-photos.ts'
import { queryCode, sealCode } from './query-code.ts'

export interface ReportContext {
  sql: Sql
  personal: PersonalData
  register: (registration: CaseRegistration) => Promise<Registered>
}

/**
 * Puts a resident's report on record and makes its receipt. Sent again with the same key it is the same report, with the same
 * number and code, also when the first answer was lost on the way or the process ended between the two writes.
 */
export async function fileReport({ sql, personal, register }: ReportContext, input: ReportInput, compound: Compound | null, claim: Claim): Promise<{ receipt: ReportReceipt } | { keyReused: true }> {
  const registered = await register({
    input: caseOf(input, compound),
    claim,
  })
  if ('keyReused' in registered)
    return registered
  const { properties } = 'registered' in registered
    ? registered.registered
    : registered.replayed
  const code = queryCode(personal, claim.key)
  const sealed = await sealCode(code)
  const { missing } = await sql.begin(async (tx) => {
    await insertReceipt(tx, properties.id, sealed)
    return await attachReportPhotos(tx, properties.id, input.photos, null)
  })
  const { id, reportedAt, dueAt, kind, topic } = properties
  return {
    receipt: {
      number: id,
      code,
      reportedAt,
      dueAt,
      kind,
      topic,
      photos: input.photos.length - missing.length,
    },
  }
}

/**
 * A place that was shown beats one that was scanned: the poster may hang in another compound than the matter. Words are put
 * behind the compound's name, as an address needs it.
 */
export function caseOf({ content, kind, address, location, contact }: ReportInput, compound: Compound | null): CaseInput {
  const said = address?.trim() ?? ''
  const where = compound && !said.includes(compound.name)
    ? `${compound.name}${said}`
    : said
  const scanned = compound && { lng: compound.at[0], lat: compound.at[1], datum: 'wgs84' as const }
  const at = location ?? scanned ?? undefined
  return {
    content,
    kind,
    source: 'qr',
    urgency: 'normal',
    ...(where && { address: where }),
    ...(at && { location: at }),
    ...((contact?.name || contact?.phone) && { contact }),
  }
}
