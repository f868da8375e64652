import { dayOfText } from '../cases/working-calendar.ts'

/** Days from one day to another, both `YYYY-MM-DD`; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayOfText(to) - dayOfText(from)
}
