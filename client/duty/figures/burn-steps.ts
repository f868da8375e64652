import type { BurnDown } from '#contract/figures.ts'

export interface BurnStep { label: string, opened: number, ended: number, open: number, leftOfStart: number }

/** The burn-down by days, or by weeks from Monday under their first day that is told. */
export function burnSteps({ days }: Pick<BurnDown, 'days'>, by: 'day' | 'week'): BurnStep[] {
  const groups = by === 'day'
    ? days.map(day => [day])
    : [
        ...Map.groupBy(days, ({ day }) => Math.floor((Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 3) / 7)).values(),
      ]
  return groups.map((group) => {
    const last = group.at(-1)!
    return {
      label: group[0]!.day.slice(5).replace('-', '/'),
      opened: group.reduce((sum, { opened }) => sum + opened, 0),
      ended: group.reduce((sum, { ended }) => sum + ended, 0),
      open: last.open,
      leftOfStart: last.leftOfStart,
    }
  })
}
