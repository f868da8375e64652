import type { Random } from '../../server/demo/random.ts'
import { chineseNumeral } from '../../server/demo/people/names.ts'
import { caseTexts } from '../../server/demo/cases/texts.ts'

/** What an address is made of, as the town has it. */
export interface AddressParts {
  /** 学府南路20号; null where there is none */
  road: string | null
  roadNumber: string | null
  compound: string | null
  /** 3号楼, in a village 3号 */
  house: string | null
  unit: number | null
  room: string | null
}

export type Noise = (parts: AddressParts, random: Random) => string

/** GB 2312 puts its 3,755 common characters in the order of their pronunciation: neighbours sound alike. */
const byPronunciation = Array.from({ length: 3755 }, (_, i) => {
  const row = 0xB0 + Math.floor(i / 94)
  return new TextDecoder('gb18030').decode(Uint8Array.of(row, 0xA1 + i % 94))
})

/** An address in the ways in which people and other systems write it; each kind of noise alone, and the last two at once. */
export const noises: Record<string, Noise> = {
  'as the register has it': parts => written(parts),
  'words dropped': (parts, random) => written(dropped(parts, random)),
  'digits swapped': (parts, random) => swapDigits(written(parts), random),
  'mistyped character': (parts, random) => mistyped(written(parts), random),
  'character lost or doubled': (parts, random) => lostOrDoubled(written(parts), random),
  'Chinese numerals': parts => chineseNumbers(written(parts)),
  'another word for house': (parts, random) => written(parts).replace('号楼', random.pick(['栋', '幢', '#', '#楼', '座', '号', '楼'])),
  'full width and spaces': (parts, random) => fullWidth(spaced(parts, random)),
  'dashes': parts => dashed(parts),
  'words added': (parts, random) => added(written(parts), random),
  'other order, brackets': (parts, random) => reordered(parts, random),
  'within a sentence': (parts, random) => sentence(parts, random),
  'two at once': (parts, random) => {
    const first = random.pick<Noise>([
      (p, r) => written(dropped(p, r)),
      p => dashed(p),
      (p, r) => reordered(p, r),
      p => written(p),
    ])(parts, random)
    return random.pick<(text: string, random: Random) => string>([
      mistyped,
      lostOrDoubled,
      added,
      text => chineseNumbers(text),
      (text, r) => swapDigits(text, r),
    ])(first, random)
  },
}

function written({ road, roadNumber, compound, house, unit, room }: AddressParts): string {
  return [
    road,
    road && roadNumber && `${roadNumber}号`,
    compound,
    house,
    unit && `${unit}单元`,
    room && `${room}室`,
  ].filter(Boolean).join('')
}

/** One thing that callers leave out because they know it. */
function dropped(parts: AddressParts, random: Random): AddressParts {
  const { road, compound, house } = parts
  const ways: (() => AddressParts)[] = [
    () => ({ ...parts, unit: null, room: null }),
  ]
  if (compound && house) {
    ways.push(() => ({
      ...parts,
      compound: compound.replace(/新村|小区|花园|家园|佳苑|华庭|雅园|公馆|宿舍|旧村/, ''),
    }))
    ways.push(() => ({
      ...parts,
      house: house.replace(/楼$/, ''),
    }), () => ({
      ...parts,
      house: house.replace(/号/, ''),
    }))
    ways.push(() => ({
      ...parts,
      compound: compound.replace(/区$/, ''),
    }))
    if (road) {
      ways.push(() => ({ ...parts, road: null, roadNumber: null }), () => ({ ...parts, compound: null }))
      ways.push(() => ({
        ...parts,
        compound: compound.replace(/[一二三四五六七八九十]+区$/, ''),
      }))
    }
  }
  else if (road) {
    ways.push(() => ({
      ...parts,
      road: road.replace(/大街$/, '街'),
    }))
  }
  return random.pick(ways)()
}

function swapDigits(text: string, random: Random): string {
  const places = [
    ...text.matchAll(/(?=(\d)(\d))/g),
  ].filter(([, a, b]) => a !== b).map(({ index }) => index)
  if (places.length === 0)
    return text
  const at = random.pick(places)
  return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
}

/** A homophone, as the input method proposes it, or any other character. */
function mistyped(text: string, random: Random): string {
  const places = [
    ...text.matchAll(/\p{Script=Han}/gu),
  ].map(({ index }) => index).filter(index => !/[号楼单元室区]/.test(text[index]!))
  const at = random.pick(places)
  const wrong = random.chance(0.75)
    ? homophone(text[at]!, random)
    : random.pick(byPronunciation)
  return text.slice(0, at) + wrong + text.slice(at + 1)
}

const rank = new Map(byPronunciation.map((character, index) => [character, index]))

function homophone(character: string, random: Random): string {
  const at = rank.get(character)
  if (at === undefined)
    return random.pick(byPronunciation)
  const step = random.integer(1, 2) * (random.chance(0.5)
    ? 1
    : -1)
  return byPronunciation[Math.min(byPronunciation.length - 1, Math.max(0, at + step))]!
}

function lostOrDoubled(text: string, random: Random): string {
  const places = [
    ...text.matchAll(/\p{Script=Han}/gu),
  ].map(({ index }) => index)
  const at = random.pick(places)
  return random.chance(0.6)
    ? text.slice(0, at) + text.slice(at + 1)
    : text.slice(0, at) + text[at] + text.slice(at)
}

function chineseNumbers(text: string): string {
  return text.replace(/\d+/g, (digits) => {
    const value = Number(digits)
    if (value > 99)
      return Array.from(digits, digit => '〇一二三四五六七八九'[Number(digit)]).join('')
    return value >= 20 && value < 30 && value % 10 > 0
      ? `廿${chineseNumeral(value % 10)}`
      : chineseNumeral(value)
  })
}

function spaced(parts: AddressParts, random: Random): string {
  const gap = random.pick([' ', '，', '-', '、', '  '])
  const { road, roadNumber, compound, house, unit, room } = parts
  return [
    road && `${road}${roadNumber ?? ''}号`,
    compound,
    house,
    unit && `${unit}单元`,
    room,
  ].filter(Boolean).join(gap)
}

function fullWidth(text: string): string {
  return text.replace(/[0-9#]/g, character => String.fromCharCode(character.charCodeAt(0) + 0xFEE0))
}

function dashed({ road, roadNumber, compound, house, unit, room }: AddressParts): string {
  const number = house?.match(/\d+/)?.[0]
  if (!compound || !number)
    return `${road}${roadNumber}`
  return compound + [
    number,
    unit,
    room,
  ].filter(Boolean).join('-')
}

function added(text: string, random: Random): string {
  const front = random.pick([
    '示范街道',
    '平安市和谐区',
    '江北省平安市',
    '和谐区示范街道',
    '我家在',
    '地址：',
    '家住',
  ])
  const behind = random.pick([
    '',
    '',
    '楼下',
    '（原老厂区院内）',
    '住户',
    '一楼东户',
    '附近',
    '门口',
  ])
  return front + text + behind
}

function reordered(parts: AddressParts, random: Random): string {
  const { road, roadNumber, compound, house, unit, room } = parts
  if (!road || !compound)
    return added(written(parts), random)
  const home = written({
    road: null,
    roadNumber: null,
    compound,
    house,
    unit,
    room,
  })
  return random.pick([
    `${home}（${road}${roadNumber}号）`,
    `${home}，${road}`,
    `（${compound}）${road}${roadNumber}号${house}`,
  ])
}

const spokenTexts = caseTexts.filter(({ where }) => where === 'home' || where === 'tower')

function sentence({ road, roadNumber, compound, house, unit }: AddressParts, random: Random): string {
  const place = compound
    ? written({
        road: null,
        roadNumber: null,
        compound,
        house,
        unit,
        room: null,
      })
    : `${road}${roadNumber}号`
  const text = random.pick(spokenTexts).text.replace('{地点}', place).replace('{层}', '二').replace('{几}', '两')
  return random.pick(['', '', '居民反映', '您好，我要反映', '来电称'] as const) + text
}
