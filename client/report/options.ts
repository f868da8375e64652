import type { CaseSource } from '#contract/case.ts'

/** How the page was opened: by a resident, or by staff at the door; and from which poster. */
export interface ReportOptions {
  /** areas.id on the poster; null = none, or none that is a number. */
  compound: number | null
  staff: StaffSource | null
  view: 'form' | 'status'
  number: string
}

/** What staff register on a phone. */
export const staffSources = [
  'grid',
  'visit',
  'meeting',
  'inspection',
  'wechat',
  'enterprise',
] as const satisfies CaseSource[]
export type StaffSource = (typeof staffSources)[number]

/** '?c=123', '?mode=visit', '?view=status&n=GD…' */
export function reportOptions(search: string): ReportOptions {
  const asked = new URLSearchParams(search)
  const compound = asked.get('c') ?? ''
  return {
    compound: /^-?\d{1,15}$/.test(compound)
      ? Number(compound)
      : null,
    staff: staffSources.find(source => source === asked.get('mode')) ?? null,
    view: asked.get('view') === 'status'
      ? 'status'
      : 'form',
    number: asked.get('n') ?? '',
  }
}
