import type { SimilarCases } from '#contract/case-work.ts'
import type { CaseFeature, CaseInput } from '#contract/case.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { Ref } from 'vue'
import { computed, onScopeDispose, reactive, shallowRef, watch } from 'vue'
import { ApiProblem, sendJson } from '../../api.ts'
import { person } from '../../state/me.ts'
import { createRetryKeys } from '../retry-keys.ts'
import { callInput, emptyCall, keepDraft, readDraft } from './call-draft.ts'

const pauseMs = 500
const fewestCharacters = 4
const keys = createRetryKeys()

/** The call that is being taken: kept until it is on record, sent once however often it is tried. */
export function useCall(point: Ref<LngLat | null>) {
  const account = person.value?.id ?? 'nobody'
  const draft = reactive(readDraft(sessionStorage, account))
  const sending = shallowRef(false)
  /** Why the last try did not get through. */
  const notSent = shallowRef<ApiProblem | null>(null)
  /** On record, but its files are not with it yet. */
  const lacksFiles = shallowRef<string | null>(null)
  const similar = shallowRef<SimilarCases>({ similar: [], flood: false })
  const input = computed(() => callInput(draft))

  point.value = draft.at
  watch(point, at => draft.at = at)
  watch(draft, () => keepDraft(sessionStorage, account, draft), { deep: true })

  let timer: ReturnType<typeof setTimeout> | undefined
  let round = 0
  watch(() => JSON.stringify([
    draft.content,
    draft.kind,
    draft.address,
    draft.at,
    draft.phone,
  ]), () => {
    const mine = ++round
    clearTimeout(timer)
    timer = setTimeout(() => void compare(mine), pauseMs)
  }, { immediate: true })
  onScopeDispose(() => {
    round++
    clearTimeout(timer)
  })
  async function compare(mine: number) {
    if (!input.value || draft.content.trim().length < fewestCharacters)
      return
    const { content, kind, address, location, contact } = input.value
    const answer = await sendJson<SimilarCases>('POST', '/api/v1/cases/similar', {
      content,
      kind,
      address,
      location,
      contact,
    }).catch(() => null)
    if (mine === round && answer)
      similar.value = answer
  }

  /** The id of the case on record, or null: the draft stays, and `notSent` says why. */
  async function send(): Promise<string | null> {
    if (!input.value || sending.value)
      return null
    sending.value = true
    notSent.value = null
    try {
      const id = lacksFiles.value ?? await register(input.value)
      if (draft.files.length > 0) {
        lacksFiles.value = id
        await attach(id)
      }
      clear()
      return id
    }
    catch (error) {
      if (!(error instanceof ApiProblem))
        throw error
      notSent.value = error
      return null
    }
    finally {
      sending.value = false
    }
  }

  async function register(said: CaseInput): Promise<string> {
    const { id } = await sendJson<CaseFeature>('POST', '/api/v1/cases', said, {
      'idempotency-key': keys.keyFor(JSON.stringify(said)),
    })
    keys.done()
    return id
  }

  async function attach(id: string) {
    const evidence = draft.files.map(({ id: upload }) => ({ kind: 'photo' as const, upload }))
    await sendJson('POST', `/api/v1/cases/${encodeURIComponent(id)}/actions/add-evidence`, { evidence }, {
      'idempotency-key': keys.keyFor(JSON.stringify([id, evidence])),
    })
    keys.done()
  }

  function clear() {
    lacksFiles.value = null
    notSent.value = null
    Object.assign(draft, { ...emptyCall, files: [] })
    point.value = null
    keepDraft(sessionStorage, account, draft)
  }

  return {
    draft,
    input,
    sending,
    notSent,
    lacksFiles,
    similar,
    send,
    clear,
  }
}
