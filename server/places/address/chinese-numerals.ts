const digitOf: Record<string, number> = {}
for (const [value, characters] of [
  '零〇○',
  '一壹幺弌',
  '二贰貳',
  '三叁參',
  '四肆',
  '五伍',
  '六陆陸',
  '七柒',
  '八捌',
  '九玖',
].entries()) {
  for (const character of characters)
    digitOf[character] = value
}
const unitOf: Record<string, number> = {
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1000,
  仟: 1000,
}
const tensOf: Record<string, number> = { 廿: 20, 卅: 30 }

/**
 * Chinese numbers as Arabic ones: 二十三 and 廿三 → 23, 一百零五 → 105, 二〇三 → 203. 百 and 千 alone stay words (百合, 千佛山).
 * Between two numbers that would run into one comes a `-`: 六12 → 6-12.
 */
export function arabicNumerals(text: string): string {
  let result = ''
  let at = 0
  while (at < text.length) {
    const number = numberAt(text, at)
    if (!number) {
      if (isArabic(text[at]!) && endsNumeral(text, at) && !result.endsWith('-'))
        result += '-'
      result += text[at++]!
      continue
    }
    if (/\d$/.test(result))
      result += '-'
    result += number.digits
    at = number.end
  }
  return result
}

/** Whether a Chinese numeral ends right before `at`. */
function endsNumeral(text: string, at: number): boolean {
  const before = text[at - 1]
  return before !== undefined && (before in digitOf || before in tensOf || before === '十' || before === '拾')
}

function numberAt(text: string, at: number): { digits: string, end: number } | null {
  const first = text[at]!
  if (first in tensOf) {
    const ones = digitOf[text[at + 1] ?? '']
    const isCounted = ones !== undefined && unitOf[text[at + 2] ?? ''] === undefined
    return isCounted
      ? {
          digits: String(tensOf[first]! + ones),
          end: at + 2,
        }
      : {
          digits: String(tensOf[first]!),
          end: at + 1,
        }
  }
  if (!(first in digitOf) && unitOf[first] !== 10)
    return null
  // Nobody counts 零千; it is a 0 before a word, and must be read on from.
  if (digitOf[first] === 0 && unitOf[text[at + 1] ?? ''] !== undefined)
    return { digits: '0', end: at + 1 }
  return unitOf[first] === 10 || unitOf[text[at + 1] ?? ''] !== undefined
    ? counted(text, at)
    : spelled(text, at)
}

/** 一百二十三: every digit with its unit, the units falling. */
function counted(text: string, from: number): { digits: string, end: number } {
  let value = 0
  let smallest = Number.POSITIVE_INFINITY
  let at = from
  while (at < text.length) {
    const isZero = digitOf[text[at]!] === 0
    const start = isZero && smallest < Number.POSITIVE_INFINITY
      ? at + 1
      : at
    const digit = digitOf[text[start] ?? '']
    const unit = unitOf[text[digit === undefined
      ? start
      : start + 1] ?? '']
    if (digit === undefined) {
      // 十 without a digit before it is 一十, at the beginning only.
      if (unit !== 10 || smallest < Number.POSITIVE_INFINITY)
        break
      value += 10
      smallest = 10
      at = start + 1
    }
    else if (unit !== undefined && unit < smallest && digit > 0) {
      value += digit * unit
      smallest = unit
      at = start + 2
    }
    else if (unit === undefined && smallest > 1 && digit > 0) {
      value += digit
      at = start + 1
      break
    }
    else {
      break
    }
  }
  return {
    digits: String(value),
    end: at,
  }
}

/** 二〇三: digit after digit, up to one that begins a counted number. */
function spelled(text: string, from: number): { digits: string, end: number } {
  let digits = ''
  let at = from
  while (at < text.length && text[at]! in digitOf && unitOf[text[at + 1] ?? ''] === undefined)
    digits += digitOf[text[at++]!]
  return { digits, end: at }
}

function isArabic(character: string): boolean {
  return character >= '0' && character <= '9'
}
