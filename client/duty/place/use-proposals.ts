import type { PlaceProposal } from '#contract/case-work.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { sendJson } from '../../api.ts'

const pauseMs = 250

/** Where the words may mean, asked a quarter of a second after the last key; `failed`: the server did not answer. */
export function useProposals(question: () => { address: string, content: string }) {
  const proposals = shallowRef<PlaceProposal[]>([])
  const failed = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let round = 0

  async function ask(mine: number) {
    const { address, content } = question()
    const answer = address.trim() === '' && content.trim() === ''
      ? { proposals: [] }
      : await sendJson<{ proposals: PlaceProposal[] }>('POST', '/api/v1/place-proposals', { address, content }).catch(() => null)
    if (mine !== round)
      return
    failed.value = answer === null
    proposals.value = answer?.proposals ?? []
  }
  watch(() => JSON.stringify(question()), () => {
    const mine = ++round
    clearTimeout(timer)
    timer = setTimeout(() => void ask(mine), pauseMs)
  }, { immediate: true })
  onScopeDispose(() => {
    round++
    clearTimeout(timer)
  })
  return { proposals, failed }
}
