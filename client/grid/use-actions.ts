import type { CaseActionInput, CaseFeature } from '#contract/case.ts'
import type { AssignmentShown } from '#contract/dispatch.ts'
import type { Outgoing } from '../report/outbox.ts'
import type { Doing } from './next-actions.ts'
import type { Task } from './use-tasks.ts'
import { onMounted, onUnmounted, ref, shallowRef } from 'vue'
import { createOutbox, newKey } from '../report/outbox.ts'
import { openOutboxStore } from '../report/outbox-store.ts'
import { sendAction } from './send-action.ts'

/** What waits to be sent, to which case, by whom. */
export interface Waiting { id: string, doing: Doing, writtenAt: number, photos: number }
/** What was refused when it was sent, for its worker to read. */
export interface Refused { id: string, doing: Doing, writtenAt: number, status: number, reason: string }

/** What is kept beside what is sent. */
interface About { id: string, doing: Doing, note: string }
type Kept = { about: About, version?: number } & CaseActionInput

const refusedKey = 'huizhi-grid-refused'
const sentAtOnceMs = 30_000

/** Actions on their way: kept on the phone until the server has answered each, sent in their order. */
export function useActions(noteOf: (doing: Doing, at: number) => string) {
  const waiting = shallowRef<Waiting[]>([])
  const refused = shallowRef<Refused[]>(JSON.parse(localStorage.getItem(refusedKey) ?? '[]') as Refused[])
  const needsSignIn = ref(false)
  const lasting = ref(true)
  let box: ReturnType<typeof createOutbox> | undefined
  let items: Outgoing[] = []

  function keepRefused(list: Refused[]) {
    refused.value = list
    localStorage.setItem(refusedKey, JSON.stringify(list))
  }

  async function open() {
    const store = await openOutboxStore('huizhi-grid')
    lasting.value = store.lasting
    box = createOutbox({
      store,
      async send(item) {
        const outcome = await sendAction({
          ...item,
          body: bodyOf(item),
        }, async ({ uploaded }) => store.put(Object.assign(item, { uploaded })))
        needsSignIn.value = 'refused' in outcome && outcome.status === 401
        return needsSignIn.value
          ? { retryAfterSeconds: null }
          : outcome
      },
      onChange(all) {
        items = all
        waiting.value = all.map(item => ({
          ...aboutOf(item),
          writtenAt: item.writtenAt,
          photos: item.photos.filter(({ type }) => !type.startsWith('audio/')).length,
        }))
      },
      onSent(item, answer) {
        // The next action on the same case was done upon this one.
        const version = versionIn(answer as CaseFeature | AssignmentShown)
        for (const next of items.filter(({ body }) => aboutOf({ body }).id === aboutOf(item).id && body.version !== undefined)) {
          next.body.version = version
          void store.put(next)
        }
      },
      onRefused(item, { refused: reason, status }) {
        keepRefused([
          ...refused.value,
          {
            ...aboutOf(item),
            writtenAt: item.writtenAt,
            reason,
            status,
          },
        ])
      },
    })
    await box.open()
  }

  /** Done now, sent when there is a way. An action carries the version of the case as it was seen; a step, when it was taken. */
  async function act({ feature, sent }: Task, doing: Doing, input: CaseActionInput, photos: Blob[]) {
    const writtenAt = Date.now()
    const isStep = doing.startsWith('step-')
    await box?.add({
      key: newKey(),
      path: isStep
        ? `/api/v1/assignments/${encodeURIComponent(sent!.id)}/steps/${doing.slice('step-'.length)}`
        : `/api/v1/cases/${encodeURIComponent(feature.id)}/actions/${doing}`,
      body: {
        ...input,
        ...!isStep && { version: feature.properties.version },
        about: {
          id: feature.id,
          doing,
          note: noteOf(doing, writtenAt),
        },
      },
      photos,
      uploaded: [],
      writtenAt,
    })
  }

  const retry = () => void box?.retry()
  onMounted(() => {
    window.addEventListener('online', retry)
    void open()
  })
  onUnmounted(() => {
    window.removeEventListener('online', retry)
    box?.stop()
  })

  return {
    waiting,
    refused,
    needsSignIn,
    lasting,
    act,
    retry,
    forget: (one: Refused) => keepRefused(refused.value.filter(other => other !== one)),
  }
}

/** As it is sent. What was done without a network says when: a step in its own field, an action of the case in its words. */
function bodyOf({ body, writtenAt }: Outgoing): Record<string, unknown> {
  const { about: { doing, note }, ...said } = body as unknown as Kept
  if (doing.startsWith('step-')) {
    return {
      ...said,
      at: new Date(writtenAt).toISOString(),
    }
  }
  // Decided once: sent again it must be the same to the letter, or the server takes it for something else.
  const isLate = body.isLate ??= Date.now() - writtenAt > sentAtOnceMs
  const { isLate: _isLate, ...plain } = said as Record<string, unknown>
  return isLate
    ? {
        ...plain,
        reason: [said.reason, note].filter(Boolean).join('\n'),
      }
    : plain
}

function aboutOf({ body }: Pick<Outgoing, 'body'>): About {
  return (body as unknown as Kept).about
}

function versionIn(answer: CaseFeature | AssignmentShown): number | undefined {
  return 'properties' in answer
    ? answer.properties.version
    : answer.task?.properties.version
}
