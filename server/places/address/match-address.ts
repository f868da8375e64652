import type { AddressBook, AddressTarget, Compound, House, NamedPlace, Road } from './address-book.ts'
import type { Mention } from './name-index.ts'
import type { SaidNumber } from './read-numbers.ts'
import { normaliseAddress } from './normalise-address.ts'
import { numberCost } from './number-cost.ts'
import { readNumbers } from './read-numbers.ts'

export interface Proposal {
  target: AddressTarget
  /** 0–1: of a hundred with 0.9 some ninety are right. */
  confidence: number
}

/** address: somebody wrote where it is. sentence: it is said in passing, among other things. */
export type Said = 'address' | 'sentence'

// −ln of how likely a text would say this of a place: what is added up for each place and compared.
const nothingKnown: Record<Said, number> = { address: 7, sentence: 5.5 }
const otherPlaceNamed = 4
const houseNotInBook = 5
const compoundLeftOut = 1
const strangeCharacter = 0.9
const tooManyUnits = 3

interface Reading {
  text: string
  said: Said
  mentions: Mention<NamedPlace>[]
  numbers: SaidNumber[]
  /** The number that belongs to a road: 20 in 学府南路20号. */
  doorNumbers: Map<Road, { number: SaidNumber, mention: Mention<NamedPlace> }>
}

interface Candidate { target: AddressTarget, cost: number }

/** Best first. Compares what was said with every place that it could mean, and shares the confidence out among them. */
export function matchAddress(book: AddressBook, saidText: string, said: Said = 'address'): Proposal[] {
  const text = normaliseAddress(saidText)
  const reading = read(book, text, said)
  const best = new Map<string, Candidate>()
  for (const candidate of candidates(reading)) {
    const key = keyOf(candidate.target)
    const known = best.get(key)
    if (!known || candidate.cost < known.cost)
      best.set(key, candidate)
  }
  const ranked = [
    ...best.values(),
  ].sort((a, b) => a.cost - b.cost)
  const sum = ranked.reduce((sum, { cost }) => sum + Math.exp(-cost), Math.exp(-nothingKnown[said]))
  return ranked.slice(0, 10).map(({ target, cost }) => ({ target, confidence: Math.exp(-cost) / sum }))
}

function keyOf({ building, location }: AddressTarget): string {
  return building === null
    ? location.join()
    : String(building)
}

function read(book: AddressBook, text: string, said: Said): Reading {
  const exact = book.names.exact(text)
  const covered = (mention: Mention<NamedPlace>) => exact.some(({ at, end, cost }) => at <= mention.at && end >= mention.end && cost < mention.cost)
  // 听泉 before 躺村 is only the beginning of a mistyped name.
  const isClean = ({ cost, end }: Mention<NamedPlace>) => cost === 0 || (cost <= 0.7 && !/\p{Script=Han}/u.test(text[end] ?? ''))
  const needsCompound = !exact.some(mention => (mention.value.kind === 'compound' || mention.value.kind === 'landmark') && isClean(mention))
  const needsRoad = !exact.some(({ value }) => value.kind === 'road')
  const fuzzy = needsCompound || (needsRoad && said === 'address')
    ? book.names.fuzzy(text).filter(mention => !covered(mention) && (mention.value.kind === 'road'
        ? needsRoad
        : needsCompound))
    : []
  // What was taught stands beside what else the words may mean, and does not hide it.
  const mentions = [
    ...exact,
    ...fuzzy,
    ...book.taught.exact(text),
  ]
  const numbers = readNumbers(text).filter(number => !exact.some(({ at, end, cost }) => cost <= 1.5 && number.at >= at && number.numberEnd <= end))
  return {
    text,
    said,
    mentions,
    numbers,
    doorNumbers: doorNumbersOf(mentions, numbers),
  }
}

function doorNumbersOf(mentions: Mention<NamedPlace>[], numbers: SaidNumber[]): Reading['doorNumbers'] {
  const found: Reading['doorNumbers'] = new Map()
  for (const mention of mentions) {
    if (mention.value.kind !== 'road')
      continue
    const number = numbers.find(({ at, role }) => at >= mention.end && at <= mention.end + 1 && (role === 'plain' || role === 'bare' || role === 'chain' || role === 'gate'))
    if (!number)
      continue
    const known = found.get(mention.value.road)
    if (!known || mention.cost < known.mention.cost)
      found.set(mention.value.road, { number, mention })
  }
  return found
}

function* candidates(reading: Reading): Generator<Candidate> {
  const mentioned = new Set<Compound>()
  for (const mention of reading.mentions) {
    if (mention.value.kind === 'compound')
      mentioned.add(mention.value.compound)
  }
  for (const mention of reading.mentions) {
    switch (mention.value.kind) {
      case 'compound':
        yield* inCompound(reading, mention.value.compound, mention.end, mention.cost + before(reading, mention)
          + roadCost(reading, mention.value.compound) + othersNamed(reading, mention))
        break
      case 'road':
        yield* onRoad(reading, mention.value.road, mention, mentioned)
        break
      case 'taught':
        yield { target: mention.value.target, cost: mention.cost + before(reading, mention) + behindTaught(reading, mention) }
        break
      case 'landmark':
        yield { target: mention.value.target, cost: mention.cost + before(reading, mention) + landmarkCost(reading, mention) }
    }
  }
}

/** Houses of the compound that the number said may mean, and the compound itself. */
function* inCompound(reading: Reading, compound: Compound, from: number, cost: number): Generator<Candidate> {
  const said = houseNumberAfter(reading, from)
  if (!said) {
    yield { target: compound.target, cost }
    return
  }
  const { number, cost: numberRead, notHouse } = said
  yield {
    target: compound.target,
    cost: cost + numberRead + (compound.houses.size === 0
      ? 0.5
      : notHouse),
  }
  for (const house of compound.houses.values()) {
    const slip = numberCost(number.text, house.number)
    if (slip < Number.POSITIVE_INFINITY)
      yield { target: house, cost: cost + numberRead + slip + unitCost(reading, house, number) }
  }
}

/** Roads lead to shops and to compounds that were not named. */
function* onRoad(reading: Reading, road: Road, mention: Mention<NamedPlace>, mentioned: Set<Compound>): Generator<Candidate> {
  const door = reading.doorNumbers.get(road)
  if (!door) {
    if (road.location && mentioned.size === 0) {
      yield {
        target: {
          label: road.name,
          precision: 'road',
          location: road.location,
          building: null,
        },
        cost: mention.cost + 4.5,
      }
    }
    return
  }
  for (const [number, targets] of road.doors) {
    const slip = numberCost(door.number.text, number)
    if (slip === Number.POSITIVE_INFINITY)
      continue
    for (const target of targets) {
      const cost = mention.cost + slip + before(reading, mention)
      if (!('houses' in target))
        yield { target, cost: cost + namedElsewhere(reading, mention) + houseSaidToo(reading, door.number) }
      else if (!mentioned.has(target))
        yield* inCompound(reading, target, door.number.end, cost + compoundLeftOut + namedElsewhere(reading, mention))
    }
  }
}

/**
 * The number of the house: the first behind the name that can be one; 3号楼 also in front of it. `notHouse` is what it costs to
 * take it for something else.
 */
function houseNumberAfter({ text, numbers, doorNumbers, mentions }: Reading, from: number): { number: SaidNumber, cost: number, notHouse: number } | null {
  const isDoor = (number: SaidNumber) => [
    ...doorNumbers.values(),
  ].some(door => door.number === number)
  const usable = numbers.filter(number => !isDoor(number))
  const at = usable.findIndex(number => number.at >= from && canBeHouse(number, from))
  const number = usable[at]
  if (number) {
    const row = number.role === 'row'
      ? usable[at + 1]
      : undefined
    const explained = mentions.filter(({ at, end, isExact, value }) => isExact && value.kind !== 'taught' && at >= from && end <= number.at)
    const gap = strangeCharacters(text, from, number.at, explained)
    const said = row
      ? { ...row, text: `${number.text}排${row.text}` }
      : number
    return {
      number: said,
      cost: Math.min(4, gap * strangeCharacter),
      notHouse: notHouseCost(number, usable[at + 1]),
    }
  }
  const ahead = usable.find(({ role }) => role === 'house')
  return ahead
    ? { number: ahead, cost: 0.7, notHouse: houseNotInBook }
    : null
}

function canBeHouse({ role, text, at }: SaidNumber, from: number): boolean {
  return role === 'house' || role === 'plain' || role === 'row' || role === 'chain' || role === 'storey-or-house'
    || (role === 'bare' && text.length <= 3 && at - from <= 2)
}

function notHouseCost({ role, end }: SaidNumber, next: SaidNumber | undefined): number {
  if (role !== 'bare' && role !== 'storey-or-house')
    return houseNotInBook
  // 3楼2单元 is a house; 3楼 alone may be the third floor.
  return next?.role === 'unit' && next.at === end
    ? houseNotInBook
    : 2.3
}

function unitCost({ numbers }: Reading, house: House, number: SaidNumber): number {
  let cost = 0
  for (const { role, text, at } of numbers) {
    if (at < number.end)
      continue
    const value = Number(text)
    if (role === 'unit' && house.units !== null && value > house.units)
      cost += tooManyUnits
    if (role === 'storey' && house.storeys !== null && value > house.storeys)
      cost += tooManyUnits
    if (role === 'room' && house.storeys !== null && text.length >= 3 && Math.floor(value / 100) > house.storeys)
      cost += tooManyUnits
  }
  return Math.min(cost, 5)
}

/** What the road in the text says for or against a compound. */
function roadCost({ doorNumbers }: Reading, compound: Compound): number {
  let best = doorNumbers.size === 0
    ? 0
    : Number.POSITIVE_INFINITY
  for (const [road, { number, mention }] of doorNumbers) {
    const own = compound.doors.filter(door => door.road === road)
    if (own.length === 0) {
      best = Math.min(best, compound.doors.length === 0
        ? 0.5
        : otherRoadCost(road, number, mention))
    }
    for (const door of own)
      best = Math.min(best, mention.cost * 0.3 + Math.min(2, numberCost(number.text, door.number)))
    // The right road and number speak for it.
    if (own.some(door => door.number === number.text))
      best = Math.min(best, -1.5)
  }
  return best
}

/** A number that exists on another road is a strong word against the compound. */
function otherRoadCost(road: Road, number: SaidNumber, mention: Mention<NamedPlace>): number {
  return road.doors.has(number.text)
    ? Math.max(1, 4 - mention.cost)
    : Math.max(1, 2.5 - mention.cost)
}

/** Another compound or landmark is named as well, elsewhere in the text. */
function othersNamed({ mentions, said }: Reading, own: Mention<NamedPlace>): number {
  let cost = 0
  for (const { value, at, end, isExact, cost: theirs } of mentions) {
    if (!isExact || theirs > 0.7 || (at < own.end && end > own.at))
      continue
    if (value.kind === 'compound')
      cost = Math.max(cost, otherPlaceNamed)
    if (value.kind === 'landmark') {
      cost = Math.max(cost, said === 'address'
        ? 0.5
        : 0.3)
    }
  }
  return cost
}

function namedElsewhere({ mentions }: Reading, own: Mention<NamedPlace>): number {
  const others = mentions.filter(({ value, at, end }) => (value.kind === 'compound' || value.kind === 'landmark') && (at >= own.end || end <= own.at))
  return others.length === 0
    ? 0
    : Math.max(...others.map(({ cost }) => Math.max(0.5, otherPlaceNamed - cost)))
}

function houseSaidToo({ numbers }: Reading, door: SaidNumber): number {
  return numbers.some(({ role, at }) => role === 'house' && at >= door.end)
    ? 5.5
    : 0
}

function landmarkCost(reading: Reading, own: Mention<NamedPlace>): number {
  const compounds = reading.mentions.filter(({ value, at, end, cost }) => value.kind === 'compound' && cost < 2.5 && (at >= own.end || end <= own.at))
  const behind = reading.text.slice(own.end, own.end + 3)
  return (compounds.length > 0
    ? 3
    : 0)
  + (/^(?:对面|对过|斜对|附近|旁|以[东西南北]|往[东西南北]|[东西南北][侧边面])/.test(behind)
    ? 1.2
    : 0)
}

/** Taught was 老供销社院里, said is 老供销社院里3号楼: near, but who knows. */
function behindTaught({ text, said }: Reading, { end }: Mention<NamedPlace>): number {
  return said === 'sentence'
    ? 0
    : Math.min(2, strangeCharacters(text, end, text.length, []) * 0.4) + (/\d/.test(text.slice(end))
      ? 1.5
      : 0)
}

/** Characters right before the name that nothing explains: 新 in 新南苑花园 makes it another place. */
function before({ text, mentions, numbers, said }: Reading, own: Mention<NamedPlace>): number {
  if (said === 'sentence') { // 老供销社院里 may be 供销社宿舍, or what stood there before it
    return own.cost > 0 && /[老旧原新]/.test(text[own.at - 1] ?? '')
      ? 3
      : 0
  }
  const explained = [
    ...mentions.filter(({ isExact, end, value }) => isExact && value.kind !== 'taught' && end <= own.at),
    ...numbers.filter(({ end }) => end <= own.at),
  ]
  return Math.min(1.8, strangeCharacters(text, 0, own.at, explained, true) * 0.3)
}

const idle = /我家|我们|你们|你好|您好|请问|麻烦|反映|投诉|住址|地址|位于|位置|家住|住在|就是|就在|这里|那个|里面|院内|院里|居民|业主|住户|附近|门口|楼下|旁边|靠近|路口|交叉口|东侧|西侧|南侧|北侧|[在的住内里家是：]/g
const administrative = /.{1,6}(?:[省市区县旗镇乡]|自治区|街道办事处|街道办|街道|办事处|居委会|村委会|社区|路段)/g

/** Han characters and letters that no name, number or idle word accounts for. */
function strangeCharacters(text: string, from: number, to: number, explained: { at: number, end: number }[], isFront = false): number {
  if (to <= from)
    return 0
  let rest = ''
  for (let at = from; at < to; at++) {
    const by = explained.find(span => at >= span.at && at < span.end)
    if (by) {
      rest += '|'
      at = by.end - 1
    }
    else {
      rest += text[at]
    }
  }
  return (isFront
    ? rest.replace(administrative, '')
    : rest).replace(idle, '').replace(/[|\d#\-号楼]/g, '').length
}
