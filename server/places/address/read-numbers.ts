/**
 * What a number in an address counts. plain: 12号. storey-or-house: 3楼, which in the north is said of house 3 too.
 * chain: a member of 3-2-501. bare: nothing says.
 */
export type NumberRole = 'house' | 'plain' | 'storey-or-house' | 'row' | 'unit' | 'storey' | 'room' | 'gate' | 'chain' | 'bare' | 'other'

export interface SaidNumber {
  /** 12, a, 12a, a3 */
  text: string
  role: NumberRole
  /** Of the text: where it begins, where the number ends, where its word ends. */
  at: number
  numberEnd: number
  end: number
}

// The longer word first: 号楼 before 号, 号门 before 号.
const words: [string, NumberRole][] = [
  ['号居民楼', 'house'],
  ['号宿舍楼', 'house'],
  ['号公寓楼', 'house'],
  ['号住宅楼', 'house'],
  ['号高层', 'house'],
  ['号单元', 'unit'],
  ['楼栋', 'house'],
  ['号楼', 'house'],
  ['号栋', 'house'],
  ['号幢', 'house'],
  ['号门口', 'plain'],
  ['号门', 'gate'],
  ['号院', 'plain'],
  ['号房', 'room'],
  ['栋楼', 'house'],
  ['#楼', 'house'],
  ['#', 'house'],
  ['栋', 'house'],
  ['幢', 'house'],
  ['座', 'house'],
  ['号', 'plain'],
  ['单元', 'unit'],
  ['单', 'unit'],
  ['门洞', 'unit'],
  ['门口', 'bare'],
  ['门', 'unit'],
  ['排', 'row'],
  ['楼', 'storey-or-house'],
  ['层', 'storey'],
  ['室', 'room'],
  ['户', 'room'],
  ['房', 'room'],
]
// 4区 and 2巷 are parts of names; 3天 is no place.
const notPlaces = /^(?:[年月日天个米次岁多分点时周人辆元小度条路份家名台件区期巷弄村街里组队中]|公里)/
const pattern = /(?<![a-z])[a-z]?\d+[a-z]?(?![a-z])|(?<![a-z\d])[a-z](?=[座栋幢楼区]|号楼|单元)/g

/** The numbers of a normalised text, in order, with what they count. */
export function readNumbers(text: string): SaidNumber[] {
  const numbers: SaidNumber[] = []
  for (const match of text.matchAll(pattern)) {
    const at = match.index
    const numberEnd = at + match[0].length
    const rest = text.slice(numberEnd, numberEnd + 4)
    const word = wordOf(rest, numbers)
    const isChained = rest.startsWith('-') || (text[at - 1] === '-' && numbers.at(-1)?.numberEnd === at - 1)
    // #3 and 3# are both written.
    const isMarked = text[at - 1] === '#' && !word
    const role: NumberRole = isMarked
      ? 'house'
      : word && !(isChained && rest.startsWith('-'))
        ? word[1]
        : isChained
          ? 'chain'
          : notPlaces.test(rest)
            ? 'other'
            : 'bare'
    numbers.push({
      text: match[0],
      role,
      at,
      numberEnd,
      end: numberEnd + (role === word?.[1]
        ? word[0].length
        : 0),
    })
  }
  return settleChains(numbers, text)
}

/** 9号楼下 is downstairs at 9号, and of a number alone 号单元 says nothing about staircases. */
function wordOf(rest: string, before: SaidNumber[]): [string, NumberRole] | undefined {
  if (/^号楼[上下道顶梯]/.test(rest) || (rest.startsWith('号单元') && !before.some(({ role }) => role === 'house')))
    return ['号', 'plain']
  return words.find(([spelling]) => rest.startsWith(spelling))
}

/** 3-2-501: house, unit, room; 3-501: house, room; 2-501 after a house: unit, room. */
function settleChains(numbers: SaidNumber[], text: string): SaidNumber[] {
  for (let i = 0; i < numbers.length; i++) {
    const chain = [numbers[i]!]
    while (i + 1 < numbers.length && text[chain.at(-1)!.numberEnd] === '-' && numbers[i + 1]!.at === chain.at(-1)!.numberEnd + 1)
      chain.push(numbers[++i]!)
    if (chain.length < 2)
      continue
    const last = chain.at(-1)!
    const hasHouse = numbers.slice(0, i - chain.length + 1).some(({ role }) => role === 'house')
    const roles = rolesOfChain(chain.length, hasHouse, last.text.length > 2 && last.role !== 'house' && last.role !== 'plain' && last.role !== 'unit')
    chain.forEach((number, at) => {
      if (number.role === 'chain' || number.role === 'bare')
        number.role = roles[at] ?? 'other'
    })
  }
  return numbers
}

function rolesOfChain(length: number, hasHouse: boolean, endsInRoom: boolean): NumberRole[] {
  if (hasHouse) {
    return endsInRoom && length === 1
      ? ['room']
      : ['unit', 'room']
  }
  if (length === 2) {
    return endsInRoom
      ? ['chain', 'room']
      : ['chain', 'unit']
  }
  return ['chain', 'unit', 'room']
}
