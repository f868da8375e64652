import type { DeadlineBand } from '../state/figures/deadline.ts'

interface Words {
  t: (key: string, values?: Record<string, unknown>) => string
  span: (milliseconds: number) => string
}

/** 超 4 时, 剩 36 分, or that no clock runs. `dueAt` and `now` in ms. */
export function timeLeft(band: DeadlineBand, dueAt: number | null, now: number, { t, span }: Words): string {
  if (band === 'none' || dueAt === null)
    return t('common.left.none')
  return dueAt < now
    ? t('common.left.over', {
        age: span(now - dueAt),
      })
    : t('common.left.rest', {
        age: span(dueAt - now),
      })
}
