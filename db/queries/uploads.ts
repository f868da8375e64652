import type { Sql, SqlOrTx, Tx } from '../connect.ts'

export type UploadPurpose = 'evidence' | 'report'

/** What else than a case a file may be part of, by its column. */
export type UploadPlace = 'zone' | 'worksite' | 'property_place'

export interface UploadRow {
  id: string
  kind: 'image' | 'document' | 'audio'
  /** Media type as it is served. */
  type: string
  bytes: number
  width: number | null
  height: number | null
  sha256: string
  /** users.id; null = a resident without sign-in */
  uploadedBy: string | null
}

export async function insertUpload(sql: SqlOrTx, upload: UploadRow): Promise<void> {
  await sql`
    insert into uploads (id, kind, type, bytes, width, height, sha256, uploaded_by)
    values (${upload.id}, ${upload.kind}, ${upload.type}, ${upload.bytes}, ${upload.width}, ${upload.height}, ${upload.sha256}, ${upload.uploadedBy})`
}

/** An upload with what decides who may see it; null where there is none. */
export interface UploadInCase extends UploadRow {
  caseId: string | null
  /** renovation zone, of files that are no case's */
  zone: string | null
  /** worksite, of papers of a handling or a visit */
  worksite: string | null
  /** place of a property ladder */
  propertyPlace: string | null
  purpose: UploadPurpose | null
  community: string | null
  grid: string | null
  subdistrict: string | null
  assignee: string | null
}

export async function findUpload(sql: SqlOrTx, id: string): Promise<UploadInCase | null> {
  const [row] = await sql<UploadInCase[]>`
    select uploads.id, uploads.kind, type, bytes, width, height, sha256, uploaded_by as "uploadedBy",
      case_id as "caseId", uploads.zone, uploads.worksite, property_place as "propertyPlace", purpose,
      coalesce(renovation_zones.subdistrict, worksites.subdistrict, uploads.subdistrict) as subdistrict,
      coalesce(cases.community, renovation_zones.community, worksites.community, property_places.community) as community, grid, assignee
    from uploads
    left join cases on cases.id = case_id
    left join renovation_zones on renovation_zones.id = uploads.zone
    left join worksites on worksites.id = uploads.worksite
    left join property_places on property_places.place = property_place
    where uploads.id = ${id}`
  return row ?? null
}

/**
 * Makes uploads part of a case, inside the transaction that writes it. Only who uploaded one can do so, and each belongs to
 * one case only. Answers with the ids that cannot be had: unknown, expired, somebody else's or already in another case; then
 * nothing of this call may stay (roll back).
 *
 * @param tx the transaction that writes the case
 * @param ids at most 20 or so
 * @param to what they become part of
 * @param to.subdistrict the case's
 * @param to.caseId the case
 * @param to.purpose proof of what was done, or what a resident sent
 * @param to.uploadedBy users.id of who uploaded them; null = a resident without sign-in
 */
export async function attachUploads(tx: Tx, ids: string[], to: { subdistrict: string, caseId: string, purpose: UploadPurpose, uploadedBy: string | null }): Promise<{ missing: string[] }> {
  if (ids.length === 0)
    return { missing: [] }
  const attached = await tx<{ id: string }[]>`
    update uploads
    set case_id = ${to.caseId}, subdistrict = ${to.subdistrict}, purpose = ${to.purpose}, attached_at = now()
    where id in ${tx(ids)}
      and zone is null and worksite is null and property_place is null
      and (case_id is null or (case_id = ${to.caseId} and purpose = ${to.purpose}))
      and uploaded_by is not distinct from ${to.uploadedBy}
    returning id`
  const known = new Set(attached.map(({ id }) => id))
  return {
    missing: [
      ...new Set(ids),
    ].filter(id => !known.has(id)),
  }
}

/** Those of the ids that can become part of the place: free ones that this person uploaded, and those that are part of it already; locked. */
export async function lockFreeUploads(tx: Tx, ids: readonly string[], { of, id: owner, uploadedBy }: { of: UploadPlace, id: string, uploadedBy: string }): Promise<Set<string>> {
  const rows = await tx<{ id: string }[]>`
    select id
    from uploads
    where id = any(${ids as string[]}::text[])
      and (${tx(of)} = ${owner} or (case_id is null and zone is null and worksite is null and property_place is null and uploaded_by = ${uploadedBy}))
    for update`
  return new Set(rows.map(({ id }) => id))
}

export async function attachUploadsToPlace(tx: Tx, ids: readonly string[], { subdistrict, of, id }: { subdistrict: string, of: UploadPlace, id: string }): Promise<void> {
  await tx`
    update uploads
    set ${tx(of)} = ${id}, subdistrict = ${subdistrict}, purpose = 'evidence', attached_at = now()
    where id = any(${ids as string[]}::text[]) and ${tx(of)} is null`
}

/** Files of a case, the oldest first. */
export async function uploadsOfCase(sql: SqlOrTx, caseId: string): Promise<{ id: string, kind: UploadRow['kind'], purpose: UploadPurpose, at: Date }[]> {
  return await sql<{ id: string, kind: UploadRow['kind'], purpose: UploadPurpose, at: Date }[]>`
    select id, kind, purpose, attached_at as at
    from uploads
    where case_id = ${caseId}
    order by attached_at, id`
}

/** Forgets uploads that never became part of anything; their ids. */
export async function forgetUnattached(sql: Sql, before: Date): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    delete from uploads
    where case_id is null and zone is null and worksite is null and property_place is null and created_at < ${before}
    returning id`
  return rows.map(({ id }) => id)
}

/** Those of the ids that are still on record. */
export async function knownUploads(sql: Sql, ids: string[]): Promise<Set<string>> {
  const rows = ids.length === 0
    ? []
    : await sql<{ id: string }[]>`select id from uploads where id in ${sql(ids)}`
  return new Set(rows.map(({ id }) => id))
}
