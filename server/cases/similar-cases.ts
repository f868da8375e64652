import type { z } from 'zod'
import type { SimilarCase, SimilarCases, SimilarQuestion } from '#contract/case-work.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { CaseTopic } from '#contract/topic.ts'
import type { MaybeSimilar } from '../../db/queries/similar-cases.ts'
import type { CaseContext, CaseContextWithSql } from './case-context.ts'
import type { CaseRules } from './terms.ts'
import { findMaybeSimilar, readToCompare } from '../../db/queries/similar-cases.ts'
import { grownBox, metresBetween } from '../places/polygon.ts'
import { placeByWords, placeCase } from './place-case.ts'
import { topicOf } from './topic.ts'

export interface Compared {
  content: string
  topic: CaseTopic
  location: LngLat | null
  building: number | null
  reported_at: Date
}

const nearMetres = 300
const dayMs = 86_400_000
const daysApart = 14
const enough = 0.45
const mostShown = 10
/** Chinese sentences of one matter seldom share more of their three-letter pieces than this. */
const sameText = 0.4

/** Open cases that may be about the same matter: near by, in the same days, with like words; or from the same telephone. */
export async function similarToCase(context: CaseContextWithSql, id: string, scope: string | null): Promise<SimilarCases | null> {
  const row = await readToCompare(context.sql, id, scope)
  return row && await similarTo(context, row, { phoneHash: row.contact_phone_hash, except: id, scope })
}

/** The same for a call that is being taken and is not on record yet. */
export async function similarToCall(context: CaseContextWithSql, { content, kind, address, location, contact }: z.output<typeof SimilarQuestion>, scope: string | null): Promise<SimilarCases> {
  const place = placeByWords(placeCase(location, context.places), { address, content }, context.places)
  return await similarTo(context, {
    content,
    topic: topicOf(kind, content),
    location: place.location,
    building: place.building,
    reported_at: context.now(),
  }, {
    phoneHash: phoneHashOf(contact?.phone, context),
    except: null,
    scope,
  })
}

function phoneHashOf(phone: string | undefined, { personal }: CaseContext): string | null {
  return phone
    ? personal.phoneHash(phone)
    : null
}

async function similarTo({ sql, rules }: CaseContextWithSql, item: Compared, { phoneHash, except, scope }: { phoneHash: string | null, except: string | null, scope: string | null }): Promise<SimilarCases> {
  const { location, reported_at } = item
  const found = await findMaybeSimilar(sql, {
    content: item.content,
    box: location && grownBox([
      ...location,
      ...location,
    ], nearMetres),
    phoneHash,
    from: new Date(reported_at.getTime() - daysApart * dayMs),
    until: new Date(reported_at.getTime() + daysApart * dayMs),
    except,
    scope,
  })
  const similar = found
    .map(other => compare(item, other))
    .filter(({ score, metres, sameCaller }) => score >= enough && (sameCaller || (metres !== null && metres <= nearMetres)))
    .sort((a, b) => b.score - a.score)
  return {
    similar: similar.slice(0, mostShown),
    flood: isFlood(similar, rules),
  }
}

/** Text counts most, then the place, the topic, the time; the same telephone speaks for the same call. */
export function compare(item: Compared, other: MaybeSimilar): SimilarCase {
  const metres = item.location && other.location && Math.round(metresBetween(item.location, other.location))
  const minutes = Math.round(Math.abs(item.reported_at.getTime() - other.reported_at.getTime()) / 60_000)
  const sameBuilding = item.building !== null && item.building === other.building
  const sameTopic = item.topic !== 'unspecified' && item.topic === other.topic
  const score = 0.35 * Math.min(1, other.text_similarity / sameText)
    + 0.25 * (sameBuilding
      ? 1
      : metres === null
        ? 0
        : Math.exp(-metres / 150))
      + (sameTopic ? 0.25 : 0)
      + 0.15 * Math.exp(-minutes / (24 * 60))
      + (other.same_caller ? 0.25 : 0)
  return {
    id: other.id,
    score: Math.min(1, score),
    kind: other.kind,
    status: other.status,
    content: other.content,
    address: other.address,
    at: other.location,
    reportedAt: other.reported_at.toISOString(),
    metres,
    minutes,
    textSimilarity: other.text_similarity,
    sameTopic,
    sameBuilding,
    sameCaller: other.same_caller,
    mergedCount: other.merged_count,
  }
}

/** A water cut: this one and so many others of its topic on one house within the time. */
export function isFlood(similar: readonly Pick<SimilarCase, 'sameBuilding' | 'sameTopic' | 'minutes' | 'mergedCount'>[], { flood }: Pick<CaseRules, 'flood'>): boolean {
  const alike = similar
    .filter(({ sameBuilding, sameTopic, minutes }) => sameBuilding && sameTopic && minutes <= flood.hours * 60)
    .reduce((sum, { mergedCount }) => sum + 1 + mergedCount, 1)
  return alike >= flood.cases
}
