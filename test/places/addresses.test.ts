import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildAddressBook } from '../../server/places/address/address-book.ts'
import { findPlace } from '../../server/places/address/find-place.ts'
import { normaliseAddress } from '../../server/places/address/normalise-address.ts'

const at = (i: number): [number, number] => [117 + i / 1000, 36.6]
const numbers = Array.from({ length: 12 }, (_, i) => i + 1)
/** Two quarters of one name, each of twelve houses, and a shop on the road of the first. */
const book = buildAddressBook({
  compounds: [
    {
      id: 1,
      name: '甸柳新村四区',
      location: at(1),
    },
    {
      id: 2,
      name: '甸柳新村五区',
      location: at(2),
    },
  ],
  buildings: [
    ...[1, 2].flatMap(compound => numbers.map(number => ({
      id: compound * 100 + number,
      name: `${number}号楼`,
      address: compound === 1
        ? `文化东路20号甸柳新村四区${number}号楼`
        : null,
      compound,
      location: at(compound * 100 + number),
      units: 3,
      floors: 6,
    }))),
    {
      id: 7,
      name: null,
      address: '文化东路26号',
      compound: null,
      location: at(7),
      units: null,
      floors: 1,
    },
  ],
  roads: [
    {
      name: '文化东路',
      location: at(5),
    },
  ],
  landmarks: [
    {
      name: '燕山小学',
      location: at(9),
    },
  ],
  regions: ['甸柳社区', '文东街道'],
  addresses: [],
  aliases: [],
})
const buildingOf = (address: string) => findPlace(book, { address, content: '' })?.target.building ?? null

it.each([
  ['甸柳新村四区3号楼2单元501', 103],
  ['甸柳新村４区３＃', 103],
  ['甸柳四区三栋', 103],
  ['历下区文东街道甸柳社区甸柳新村四区十二号楼', 112],
  ['甸柳新村五区3-2-501', 203],
  ['甸柳新村五区3幢', 203],
  ['文化东路20号3号楼', 103],
  ['文化东路二十六号', 7],
  ['甸留新村四区3号楼', 103],
  ['甸柳新村四区3楼2单元', 103],
  ['甸柳新村四区（文化东路20号）11号楼', 111],
])('%s is found', (address, building) => {
  expect(buildingOf(address)).toBe(building)
})

it.each([
  '甸柳新村3号楼', // which quarter?
  '甸柳新村四区31号楼', // 13 with its digits swapped, or one that is not in the book
  '甸柳新村四区01号楼', // 1, or 10
  '文化东路', // a long road
  '东关新村3号楼',
  '菜市场后面',
  '',
])('%s is left to a person', (address) => {
  expect(findPlace(book, { address, content: '' })).toBeNull()
})

it('where the address says nothing, the matter itself may', () => {
  expect(findPlace(book, { address: '', content: '我家在甸柳新村五区，3号楼楼道灯坏了一周，晚上看不见台阶' })).toMatchObject({
    by: 'content',
    target: { building: 203 },
  })
  expect(findPlace(book, { content: '三天没有来水了，希望尽快解决' })).toBeNull()
})

it('a compound without a house number is placed in the compound, in none of its houses', () => {
  expect(findPlace(book, { address: '甸柳新村四区北门', content: '' })?.target).toMatchObject({ precision: 'compound', building: null })
})

it.each([
  ['零千', '0千'],
  ['甸柳零百号楼', '甸柳0百号楼'],
  ['零十', '0-10'],
])('%s, a zero that counts nothing, is read to its end', (said, compared) => {
  expect(normaliseAddress(said)).toBe(compared)
})

it('normalising twice changes nothing', () => {
  const pieces = fc.constantFrom(...'一二十百千零廿幺３3－-#＃号楼栋单元甸柳 ，A', '二十三', '１２', '\u3000')
  fc.assert(fc.property(fc.oneof(fc.string(), fc.array(pieces, { maxLength: 12 }).map(list => list.join(''))), (text) => {
    const once = normaliseAddress(text)
    expect(normaliseAddress(once)).toBe(once)
  }))
})

it('one character lost or wrong never leads to another house unless a digit was hit', () => {
  const house = fc.record({
    compound: fc.constantFrom(1, 2),
    number: fc.integer({ min: 1, max: 12 }),
    slip: fc.nat({ max: 4 }),
    wrong: fc.constantFrom('', '新', '刘', '店', '春'),
  })
  fc.assert(fc.property(house, ({ compound, number, slip, wrong }) => {
    const text = `甸柳新村${compound === 1
      ? '四'
      : '五'}区${number}号楼`
    const said = text.slice(0, slip) + wrong + text.slice(slip + 1)
    expect([compound * 100 + number, null]).toContain(buildingOf(said))
  }))
})
