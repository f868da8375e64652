import type { CaseKind, CaseSource, Urgency } from '#contract/case.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { Random } from '../random.ts'
import type { CasePlace, CasePlaces } from './case-places.ts'
import { OFF_METRES } from './case-places.ts'
import type { CaseText } from './texts.ts'
import assert from 'node:assert/strict'
import { chineseNumeral, inventedPhone, personName } from '../people/names.ts'
import { caseTexts, kindShares } from './texts.ts'

export interface ComposedCase {
  kind: CaseKind
  source: CaseSource
  urgency: Urgency
  content: string
  address: string
  /** null: the caller could not say where exactly. */
  at: LngLat | null
  contact: { name: string, phone: string } | null
}

/** What the caller of composeCase wants of it; what is absent is left to chance. */
export interface CaseWish {
  kind?: CaseKind
  urgency?: Urgency
  located?: boolean
}

/** So many of a hundred cases come without a usable place. */
const UNLOCATED_SHARE = 0.05
/** How often an urgent text is taken beside a normal one. Emergencies are rare; none is made up for the wall's sake. */
const urgencyWeights: Record<Urgency, number> = { emergency: 0.05, urgent: 0.8, normal: 1 }

/** One report as it could come in. */
export function composeCase(places: CasePlaces, random: Random, wish: CaseWish = {}): ComposedCase {
  const text = chooseText(places, random, wish)
  const place = choosePlace(places[text.where], random)
  const located = wish.located ?? !random.chance(UNLOCATED_SHARE)
  const isHouse = text.where === 'home' || text.where === 'tower'
  const { name, address } = spoken(place, isHouse, random)
  const floor = random.integer(2, Math.max(2, Math.min(place.floors, 20)))
  return {
    kind: text.kind,
    source: sourceOf(text.kind, random),
    urgency: text.urgency ?? 'normal',
    content: text.text
      .replace('{地点}', located
        ? name
        : vague(random))
      .replace('{层}', chineseNumeral(floor))
      .replace('{几}', random.pick(['两', '三', '四', '五'])),
    address: located ? address : '',
    at: located
      ? nearby(place.at, isHouse || text.where === 'care' || text.where === 'clinic'
          ? 4
          : OFF_METRES, random)
      : null,
    contact: random.chance(0.85)
      ? {
          name: personName(random),
          phone: inventedPhone(random),
        }
      : null,
  }
}

function chooseText(places: CasePlaces, random: Random, { kind, urgency }: CaseWish): CaseText {
  const fits = (text: CaseText) => places[text.where].length > 0 && (urgency === undefined || (text.urgency ?? 'normal') === urgency)
  const known = caseTexts.filter(fits)
  const kinds = kindShares.filter(([k]) => known.some(text => text.kind === k) && (kind === undefined || k === kind))
  assert(kinds.length > 0, `no text of kind ${kind} with urgency ${urgency} for the places there are`)
  const chosen = random.weighted(kinds)
  return random.weighted(known.filter(text => text.kind === chosen).map(text => [text, urgencyWeights[text.urgency ?? 'normal']] as const))
}

const sums = new WeakMap<readonly CasePlace[], Float64Array>()

/** By weight. The running sums are kept: a town has thousands of houses. */
function choosePlace(list: readonly CasePlace[], random: Random): CasePlace {
  let known = sums.get(list)
  if (!known) {
    let sum = 0
    known = Float64Array.from(list, place => sum += place.weight)
    sums.set(list, known)
  }
  const wanted = random.next() * known.at(-1)!
  let low = 0
  let high = list.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (known[middle]! > wanted)
      high = middle
    else
      low = middle + 1
  }
  return list[low]!
}

function spoken(place: CasePlace, isHome: boolean, random: Random): { name: string, address: string } {
  const unit = isHome && place.units > 1
    ? `${random.integer(1, place.units)}单元`
    : ''
  return { name: place.name + unit, address: place.address + unit }
}

function vague(random: Random): string {
  return random.pick([
    '小区北门东边那栋',
    '菜市场后面',
    '学校对面胡同',
    '公交站往南一点',
    '河边健身点附近',
    '老供销社院里',
    '桥头那排平房',
    '转盘西边',
  ])
}

function sourceOf(kind: CaseKind, random: Random): CaseSource {
  if (kind === 'enterprise' && random.chance(0.5))
    return 'enterprise'
  return random.weighted([
    ['hotline', 56],
    ['qr', 14],
    ['grid', 12],
    ['wechat', 8],
    ['visit', 5],
    ['meeting', 3],
    ['inspection', 2],
  ])
}

/** A few metres off, so that reports from one place do not hide each other. */
function nearby([lng, lat]: LngLat, metres: number, random: Random): LngLat {
  const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7
  return [
    round(lng + random.between(-metres, metres) / 89_400),
    round(lat + random.between(-metres, metres) / 111_000),
  ]
}
