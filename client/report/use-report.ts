import type { ReportReceipt, ReportStart } from '#contract/report.ts'
import type { Outgoing } from './outbox.ts'
import type { ReportOptions } from './options.ts'
import { onMounted, onUnmounted, ref, shallowRef } from 'vue'
import { keepReceipt } from './my-reports.ts'
import { createOutbox, newKey } from './outbox.ts'
import { openOutboxStore } from './outbox-store.ts'
import { sendOutgoing } from './send.ts'

export type View = 'form' | 'sending' | 'receipt' | 'status'

/** What was sent, as its writer is told: staff get a number, residents a code too. */
export interface Told extends Pick<ReportReceipt, 'number' | 'reportedAt' | 'dueAt'> {
  code: string | null
  kept: boolean
}

/** The page's course: written, waiting to be sent, received; and what the server said at the start. */
export function useReport(options: ReportOptions) {
  const view = shallowRef<View>(options.view)
  const start = shallowRef<ReportStart | null>(null)
  const pending = shallowRef<Outgoing[]>([])
  const lasting = ref(true)
  const busySeconds = ref<number | null>(null)
  const failed = ref(false)
  const told = shallowRef<Told | null>(null)
  const refused = shallowRef<{ reason: string, status: number } | null>(null)
  /** What the form begins with: what was refused, for its writer to change. */
  const draft = shallowRef<Outgoing | null>(null)
  const needsSignIn = ref(false)
  let box: ReturnType<typeof createOutbox> | undefined

  async function open() {
    const store = await openOutboxStore()
    lasting.value = store.lasting
    box = createOutbox({
      store,
      send: async (item) => {
        const outcome = await sendOutgoing(item, store.put)
        // Who is not signed in yet can do so in another tab; what was written stays.
        return 'refused' in outcome && outcome.status === 401
          ? holdBack()
          : outcome
      },
      onChange: (items, why) => {
        pending.value = items
        failed.value = why !== null
        busySeconds.value = why?.busySeconds ?? null
        if (why === null)
          needsSignIn.value = false
      },
      onSent: (item, answer) => received(item, answer),
      onRefused: (item, { refused: reason, status }) => {
        refused.value = { reason, status }
        draft.value = item
        view.value = 'form'
      },
    })
    await box.open()
  }

  function holdBack() {
    needsSignIn.value = true
    return { retryAfterSeconds: null }
  }

  function received(item: Outgoing, answer: unknown) {
    if (item.path === '/api/v1/reports') {
      const receipt = answer as ReportReceipt
      const kept = keepReceipt(receipt)
      told.value = { ...receipt, kept }
    }
    else {
      const { id, properties } = answer as { id: string, properties: { reportedAt: string, dueAt: string | null } }
      told.value = {
        number: id,
        code: null,
        reportedAt: properties.reportedAt,
        dueAt: properties.dueAt,
        kept: false,
      }
    }
    if (view.value === 'sending')
      view.value = 'receipt'
  }

  async function submit(path: Outgoing['path'], body: Record<string, unknown>, photos: Blob[]) {
    refused.value = null
    draft.value = null
    view.value = 'sending'
    await box?.add({
      key: newKey(),
      path,
      body,
      photos,
      uploaded: [],
      writtenAt: Date.now(),
    })
  }

  function another() {
    told.value = null
    view.value = 'form'
  }

  const retry = () => void box?.retry()
  onMounted(async () => {
    window.addEventListener('online', retry)
    fetchStart(options.compound).then(found => start.value = found).catch(() => {})
    await open()
  })
  onUnmounted(() => {
    window.removeEventListener('online', retry)
    box?.stop()
  })

  return {
    view,
    start,
    pending,
    lasting,
    busySeconds,
    failed,
    needsSignIn,
    told,
    refused,
    draft,
    submit,
    another,
    retry,
  }
}

export type ReportCourse = ReturnType<typeof useReport>

async function fetchStart(compound: number | null): Promise<ReportStart> {
  const response = await fetch(`/api/v1/reports/start${compound === null
    ? ''
    : `?c=${compound}`}`)
  if (!response.ok)
    throw new Error(String(response.status))
  return await response.json() as ReportStart
}
