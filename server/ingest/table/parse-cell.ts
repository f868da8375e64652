import type { Column } from '../columns.ts'
import { parseInstant } from './parse-instant.ts'

export type Cell = { value: unknown } | { fault: string }

const empty = new Set([
  '',
  '-',
  '--',
  '—',
  '/',
  '无',
  'null',
  'none',
  'n/a',
  'na',
  '#n/a',
  'nan',
  '空',
  '未知',
  'unknown',
])

/** One cell as its column means it: value null when it is empty. Numbers, dates and booleans of Excel and JSON pass. */
export function parseCell(raw: unknown, column: Column, factor: number): Cell {
  if (raw === null || raw === undefined)
    return { value: null }
  if (typeof raw === 'object' && !(raw instanceof Date) && column.type !== 'list') {
    return {
      fault: faultOf(column, JSON.stringify(raw), 'text or a number'),
    }
  }
  const text = raw instanceof Date
    ? ''
    : String(raw).trim()
  // For words with a meaning of their own 无 may be one (预警：无).
  const isEmpty = text === ''
    ? !(raw instanceof Date)
    : column.type !== 'text' && column.type !== 'choice' && column.type !== 'flag' && empty.has(text.toLowerCase())
  if (isEmpty)
    return { value: null }
  switch (column.type) {
    case 'text': return {
      value: raw instanceof Date
        ? raw.toISOString().slice(0, 10)
        : text,
    }
    case 'integer': return wholeOf(text, column, factor)
    case 'number': return numberOf(text, column, factor)
    case 'share': return shareOf(text, column)
    case 'date': return dayOf(raw, text, column)
    case 'instant': return instantOf(raw, text, column)
    case 'flag': return flagOf(raw, text, column)
    case 'list': return {
      value: Array.isArray(raw)
        ? raw.map(String)
        : text.split(/[,，;；、|]/).map(item => item.trim()).filter(Boolean),
    }
    case 'choice': return choiceOf(text, column)
  }
}

/** '1,234.5' '１２' '12万' '3,200元' → number; null when it is none. */
export function numberIn(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '')
  const [, digits, unit] = /^(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)(亿|万)?(?:[元人户栋张个层年㎡%]|平方米|平米|m2|m²)?$/i.exec(plain) ?? []
  return digits === undefined
    ? null
    : Number(digits) * (unit === '亿'
      ? 1e8
      : unit === '万'
        ? 1e4
        : 1)
}

function numberOf(text: string, column: Column, factor: number): Cell {
  const number = numberIn(text)
  if (number === null) {
    return {
      fault: faultOf(column, text, 'a number'),
    }
  }
  // 12.3 × 10,000 is 123000.00000000001 otherwise.
  return {
    value: factor === 1
      ? number
      : Math.round(number * factor * 1e4) / 1e4,
  }
}

function wholeOf(text: string, column: Column, factor: number): Cell {
  const number = numberIn(text)
  if (number === null || number < 0 || !Number.isSafeInteger(Math.round(number * factor))) {
    return {
      fault: faultOf(column, text, 'a whole number'),
    }
  }
  return {
    value: Math.round(number * factor),
  }
}

/** '85%' → 0.85, '0.85' → 0.85, '85' → 0.85 */
function shareOf(text: string, column: Column): Cell {
  const number = numberIn(text)
  const share = number === null
    ? Number.NaN
    : text.normalize('NFKC').endsWith('%') || number > 1
      ? number / 100
      : number
  return share >= 0 && share <= 1
    ? { value: Math.round(share * 1e6) / 1e6 }
    : {
        fault: faultOf(column, text, 'a share from 0 to 100 %'),
      }
}

function dayOf(raw: unknown, text: string, column: Column): Cell {
  const instant = parseInstant(raw instanceof Date
    ? raw
    : text)
  if (!instant) {
    return {
      fault: faultOf(column, text, 'a date as 2026-11-24'),
    }
  }
  // The day as it is called in China.
  return {
    value: new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10),
  }
}

function instantOf(raw: unknown, text: string, column: Column): Cell {
  const instant = parseInstant(raw instanceof Date
    ? raw
    : text)
  return instant
    ? {
        value: instant.toISOString(),
      }
    : {
        fault: faultOf(column, text, 'a time as 2026-11-24 08:30'),
      }
}

const yes = /^(?:[是有真y1√✓开]|yes|true|开放|启用|营业|运营|运营中|正常|在用|open|active|满意|已解决|解决|solved|非常满意|基本满意|satisfied|督办|已督办)$/i
const no = /^(?:[否无假n0×关]|没有|no|false|关闭|停用|停业|停运|未开放|暂停|closed|inactive|不满意|未解决|没解决|部分解决|unsolved|非常不满意|dissatisfied|未督办)$/i

function flagOf(raw: unknown, text: string, column: Column): Cell {
  if (typeof raw === 'boolean')
    return { value: raw }
  if (yes.test(text))
    return { value: true }
  if (no.test(text))
    return { value: false }
  return {
    value: null,
    ...empty.has(text.toLowerCase())
      ? {}
      : {
          fault: faultOf(column, text, '是/否, yes/no'),
        },
  }
}

// Files repeat few different words very often.
const choices = new WeakMap<Column, Map<string, Cell>>()
const mostRemembered = 1000

/** An exact word wins, else the longest word that the cell contains. */
function choiceOf(text: string, column: Column): Cell {
  let known = choices.get(column)
  if (!known)
    choices.set(column, known = new Map())
  let cell = known.get(text)
  if (!cell) {
    cell = choose(text, column)
    if (known.size < mostRemembered)
      known.set(text, cell)
  }
  return cell
}

function choose(text: string, column: Column): Cell {
  const given = text.normalize('NFKC').toLowerCase()
  let best: { value: string, length: number } | null = null
  for (const [value, words] of Object.entries(column.words ?? {})) {
    for (const word of words) {
      if (given === word.toLowerCase())
        return { value }
      if (word.length > (best?.length ?? 0) && contains(given, word.toLowerCase()))
        best = { value, length: word.length }
    }
  }
  if (best)
    return { value: best.value }
  return empty.has(given)
    ? { value: null }
    : {
        fault: faultOf(column, text, Object.values(column.words ?? {}).map(words => words[1] ?? words[0]).join(', ')),
      }
}

/** Latin words only as a whole: "on" is not in "phone". */
function contains(text: string, word: string): boolean {
  return /\P{ASCII}/u.test(word)
    ? text.includes(word)
    : new RegExp(`(?:^|[^a-z])${word.replace(/[^a-z0-9]/g, '\\$&')}(?:[^a-z]|$)`).test(text)
}

function faultOf(column: Column, text: string, wanted: string): string {
  return `${column.headers[0]}无效 · ${column.field} “${text.slice(0, 60)}” is not ${column.type === 'choice'
    ? 'one of'
    : ''} ${wanted}`.replace('  ', ' ')
}
