import type { ReportStatus } from '#contract/report.ts'
import type { KeptReceipt } from './my-reports.ts'
import { onMounted, ref, shallowRef } from 'vue'
import { forgetReceipt, keptReceipts } from './my-reports.ts'
import { post } from './send.ts'

/** Asks the server where a report stands. */
export function useStatus(given: { number: string, code: string }) {
  const number = ref(given.number)
  const code = ref(given.code)
  const status = shallowRef<ReportStatus | null>(null)
  const fault = ref<'none' | 'offline' | 'tooMany' | null>(null)
  const waitSeconds = ref(0)
  const busy = ref(false)
  const mine = shallowRef(keptReceipts())

  async function ask(kept?: KeptReceipt) {
    if (kept) {
      number.value = kept.number
      code.value = kept.code
    }
    busy.value = true
    fault.value = null
    status.value = null
    const outcome = await post('/api/v1/reports/status', JSON.stringify({ number: number.value, code: code.value }), { 'Content-Type': 'application/json' })
    busy.value = false
    if ('sent' in outcome) {
      status.value = outcome.sent as ReportStatus
    }
    else if ('refused' in outcome) {
      fault.value = 'none'
    }
    else {
      waitSeconds.value = outcome.retryAfterSeconds ?? 0
      fault.value = outcome.retryAfterSeconds === null
        ? 'offline'
        : 'tooMany'
    }
  }

  function forget(gone: string) {
    forgetReceipt(gone)
    mine.value = keptReceipts()
  }

  onMounted(() => {
    if (given.number && given.code)
      void ask()
  })
  return {
    number,
    code,
    status,
    fault,
    waitSeconds,
    busy,
    mine,
    ask,
    forget,
  }
}
