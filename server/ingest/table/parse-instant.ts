// Times without an offset are China's.
const chinaOffsetMs = 8 * 3_600_000
const excelEpochMs = Date.UTC(1899, 11, 30)

/**
 * A moment as people and systems write it: 2026-11-24 08:30:00, 2026/11/24, 2026年11月24日8时30分, 20261124, ISO 8601 with
 * offset, Excel's day count, and month first where the year stands last (04/12/2018 11:11:26 AM; day first when the first
 * number is above 12). A Date is what Excel's reader makes of a cell: its UTC fields are the wall clock.
 */
export function parseInstant(raw: string | Date): Date | null {
  if (raw instanceof Date)
    return checked(raw.getTime() - chinaOffsetMs)
  const text = raw.normalize('NFKC').trim().replace(/\s*([年月日])\s*/g, '$1')
  if (/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text))
    return checked(Date.parse(text))
  if (/^\d{5}(?:\.\d+)?$/.test(text))
    return checked(excelEpochMs + Math.round(Number(text) * 86_400) * 1000 - chinaOffsetMs)
  const compact = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/.exec(text)
  if (compact)
    return momentOf(compact.slice(1, 4), compact.slice(4, 7))
  const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(\D.*)?$/.exec(text)
  if (yearFirst)
    return withTime(yearFirst.slice(1, 4), yearFirst[4])
  const yearOnly = /^(\d{4})年?(?:[-/.]?(\d{1,2})月?)?$/.exec(text)
  if (yearOnly)
    return momentOf([yearOnly[1]!, yearOnly[2] ?? '1', '1'], [])
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(\D.*)?$/.exec(text)
  if (!yearLast)
    return null
  const [, first, second, year, rest] = yearLast
  return withTime(Number(first) > 12
    ? [year!, second!, first!]
    : [year!, first!, second!], rest)
}

function withTime(day: string[], rest: string | undefined): Date | null {
  const time = rest?.replace(/^[日T\s]+/, '') ?? ''
  if (time === '')
    return momentOf(day, [])
  const found = /^(上午|下午|晚上|早上|中午|凌晨)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:[.,]\d+)?\s*(?:秒\s*)?)?)?)?(am|pm)?$/i.exec(time)
  if (!found)
    return null
  const [, chinese, hour, minute, second, latin] = found
  const isLate = /pm/i.test(latin ?? '') || chinese === '下午' || chinese === '晚上' || (chinese === '中午' && Number(hour) < 11)
  const isEarly = /am/i.test(latin ?? '')
  const hours = Number(hour) % (isLate || isEarly
    ? 12
    : 100) + (isLate ? 12 : 0)
  return momentOf(day, [
    String(hours),
    minute ?? '0',
    second ?? '0',
  ])
}

function momentOf([year, month, day]: string[], [hour, minute, second]: (string | undefined)[]): Date | null {
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(part => Number(part ?? 0)) as [number, number, number, number, number, number]
  const utc = Date.UTC(y, mo - 1, d, h, mi, s)
  const back = new Date(utc)
  // 31 April and 25:00 would silently become another moment.
  if (back.getUTCFullYear() !== y || back.getUTCMonth() !== mo - 1 || back.getUTCDate() !== d || h > 23 || mi > 59 || s > 59)
    return null
  return checked(utc - chinaOffsetMs)
}

function checked(milliseconds: number): Date | null {
  const date = new Date(milliseconds)
  const year = date.getUTCFullYear()
  return year >= 1900 && year <= 2200
    ? date
    : null
}
