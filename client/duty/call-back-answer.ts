import type { CaseWork } from '#contract/case-work.ts'

/** What a call-back ended with, in words: '不满意 · 已解决'; null for any other step. */
export function callBackAnswer({ action, satisfied, solved }: Pick<CaseWork['steps'][number], 'action' | 'satisfied' | 'solved'>, t: (key: string) => string): string | null {
  if (action !== 'call-back')
    return null
  if (satisfied === null)
    return t('duty.outcome.unreached')
  return [
    t(satisfied
      ? 'duty.detail.satisfied'
      : 'duty.detail.dissatisfiedAnswer'),
    solved === null
      ? null
      : t(solved
          ? 'duty.shortfall.solved'
          : 'duty.shortfall.notSolved'),
  ].filter(one => one !== null).join(' · ')
}
