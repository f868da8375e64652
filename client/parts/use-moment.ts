import { useI18n } from 'vue-i18n'
import { zone } from '../state/china-time.ts'

/** A moment (ms) as date and time in China, in the page's language. */
export function useMoment() {
  const { locale } = useI18n()
  return (at: number) => new Intl.DateTimeFormat(locale.value, {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
}
