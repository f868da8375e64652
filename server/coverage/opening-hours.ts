/** A minute of the week. */
export interface WeekMinute {
  /** 1 = Monday … 7 = Sunday */
  weekday: number
  /** since 00:00 */
  minute: number
}

/** `3T10:00` = Wednesday at ten, as the contract writes it. */
export function weekMinuteOf(text: string): WeekMinute {
  const [weekday, hour, minute] = text.split(/[T:]/).map(Number) as [number, number, number]
  return { weekday, minute: hour * 60 + minute }
}

const days = [
  'mo',
  'tu',
  'we',
  'th',
  'fr',
  'sa',
  'su',
]

// Public and school holidays: read, but no day of an ordinary week.
const known = new Set([...days, 'ph', 'sh'])

/**
 * Whether opening hours in OSM syntax (wiki "Key:opening_hours") are open at a minute of the week: `24/7`, `06:00-22:00`,
 * `Mo-Fr 06:00-12:00,14:00-18:00; Sa,Su off`. Later rules override earlier ones for their days; a span may run past
 * midnight. Holiday and month rules are not read: a text that cannot be read counts as open, as a gate without hours does.
 */
export function isOpenAt(hours: string, at: WeekMinute): boolean {
  let open: boolean | null = null
  for (const rule of hours.toLowerCase().split(';')) {
    const answer = ruleAt(rule.trim(), at)
    if (answer === 'unreadable')
      return true
    if (answer !== null)
      open = answer
  }
  return open ?? false
}

function ruleAt(rule: string, at: WeekMinute): boolean | null | 'unreadable' {
  if (rule === '')
    return null
  if (rule === '24/7' || rule === 'open')
    return true
  if (rule === 'off' || rule === 'closed')
    return false
  // Days end where the first digit or word for closed begins.
  const begin = rule.search(/\d|off|closed/)
  const dayText = (begin < 0
    ? rule
    : rule.slice(0, begin)).trim()
  const text = begin < 0
    ? ''
    : rule.slice(begin).trim()
  if (!/^[a-z,\- ]*$/.test(dayText) || dayText.split(/[-, ]+/).some(day => day !== '' && !known.has(day)))
    return 'unreadable'
  const weekdays = weekdaysOf(dayText)
  const today = weekdays.has(at.weekday)
  const yesterday = weekdays.has(at.weekday === 1
    ? 7
    : at.weekday - 1)
  if (text === 'off' || text === 'closed')
    return today ? false : null
  if (!text)
    return today ? true : null
  let within = false
  for (const span of text.split(',')) {
    const times = /^\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*$/.exec(span)
    if (!times)
      return 'unreadable'
    const [from, until] = [Number(times[1]) * 60 + Number(times[2]), Number(times[3]) * 60 + Number(times[4])] as [number, number]
    const end = until <= from
      ? until + 1440
      : until
    within ||= (today && at.minute >= from && at.minute < end) || (yesterday && at.minute + 1440 < end)
  }
  return within || (today ? false : null)
}

/** The days that a rule names; all when it names none. */
function weekdaysOf(text: string): Set<number> {
  if (!text)
    return new Set([1, 2, 3, 4, 5, 6, 7])
  const named = new Set<number>()
  for (const part of text.split(',')) {
    const [from, until = from] = part.trim().split('-').map(day => days.indexOf(day.trim()) + 1)
    if (!from || !until)
      continue
    for (let day = from; ; day = day % 7 + 1) {
      named.add(day)
      if (day === until)
        break
    }
  }
  return named
}
