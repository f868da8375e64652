import type { CaseKind, CaseStatus } from '#contract/case.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { CaseTopic } from '#contract/topic.ts'
import type { SqlOrTx } from '../connect.ts'
import { inScope } from './cases.ts'

export interface MaybeSimilar {
  id: string
  kind: CaseKind
  topic: CaseTopic
  status: CaseStatus
  content: string
  address: string | null
  location: LngLat | null
  building: number | null
  reported_at: Date
  merged_count: number
  text_similarity: number
  same_caller: boolean
}

export interface SimilarSearch {
  content: string
  /** west, south, east, north; null = no place known */
  box: [number, number, number, number] | null
  phoneHash: string | null
  /** Reported between. */
  from: Date
  until: Date
  except: string | null
  scope: string | null
}

const mostLookedAt = 300

/** Open cases of these days that lie in the box or come from the same telephone, the newest first. */
export async function findMaybeSimilar(sql: SqlOrTx, { content, box, phoneHash, from, until, except, scope }: SimilarSearch): Promise<MaybeSimilar[]> {
  if (!box && !phoneHash)
    return []
  return await sql<MaybeSimilar[]>`
    select id, kind, topic, status, content, address, location, building, reported_at, merged_count,
      similarity(content, ${content}) as text_similarity,
      coalesce(contact_phone_hash = ${phoneHash}, false) as same_caller
    from cases
    where status not in ('closed', 'archived', 'merged')
      and reported_at between ${from} and ${until}
      and id is distinct from ${except}
      and (${box
        ? sql`location <@ box(point(${box[0]}, ${box[1]}), point(${box[2]}, ${box[3]}))`
        : sql`false`} or ${phoneHash === null
        ? sql`false`
        : sql`contact_phone_hash = ${phoneHash}`})
      ${scope
        ? inScope(sql, scope)
        : sql``}
    order by reported_at desc, id desc
    limit ${mostLookedAt}`
}

/** What a case says for comparing it with others; null = no such case within the scope. */
export async function readToCompare(sql: SqlOrTx, id: string, scope: string | null) {
  const [row] = await sql<(Pick<MaybeSimilar, 'content' | 'topic' | 'location' | 'building' | 'reported_at'> & { contact_phone_hash: string | null })[]>`
    select content, topic, location, building, reported_at, contact_phone_hash
    from cases
    where id = ${id}
      ${scope
        ? inScope(sql, scope)
        : sql``}`
  return row ?? null
}
