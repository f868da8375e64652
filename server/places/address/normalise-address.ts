import { arabicNumerals } from './chinese-numerals.ts'

const simplified: Record<string, string> = {
  號: '号',
  樓: '楼',
  棟: '栋',
  單: '单',
  區: '区',
  戶: '户',
  層: '层',
  門: '门',
  車: '车',
  東: '东',
  華: '华',
  園: '园',
  莊: '庄',
  衚: '胡',
  衕: '同',
  里: '里',
  裏: '里',
  裡: '里',
}

const apart = 0
const counting = 1
const other = 2
const classes = new Map<string, number>()

/**
 * An address in the form in which it is compared: full width → half width, traditional → simplified, Chinese numbers → Arabic,
 * small letters, no spaces or punctuation. Where two numbers met across punctuation a `-` stays between them.
 * Doing it twice changes nothing.
 */
export function normaliseAddress(text: string): string {
  let joined = ''
  let before = other
  let isApart = false
  for (const given of text.normalize('NFKC').toLowerCase().normalize('NFKC')) {
    const character = simplified[given] ?? given
    const kind = classOf(character)
    if (kind === apart) {
      isApart = true
      continue
    }
    if (isApart && before === counting && kind === counting)
      joined += '-'
    joined += character
    before = kind
    isApart = false
  }
  return arabicNumerals(joined)
}

/** counting: characters that would become another number when they touch. */
function classOf(character: string): number {
  let known = classes.get(character)
  if (known === undefined) {
    known = character !== '#' && /[\s\p{P}\p{S}\p{C}\p{M}]/u.test(character)
      ? apart
      : /[\da-z零〇一二三四五六七八九十百千廿卅幺壹贰叁肆伍陆柒捌玖拾]/.test(character)
        ? counting
        : other
    classes.set(character, known)
  }
  return known
}
