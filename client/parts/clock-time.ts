import { zone } from '../state/china-time.ts'

const format = new Intl.DateTimeFormat('zh-CN', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** A moment (ms) as the hour of the day in China: 18:00. */
export function clockTime(at: number): string {
  return format.format(at)
}
