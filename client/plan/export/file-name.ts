import { dayOf } from '../../state/china-time.ts'

/** 方案名-2026-11-24.xlsx, without the signs that a file system refuses. */
export function fileName(name: string, at: number, ending: string): string {
  // eslint-disable-next-line no-control-regex -- those are refused as well
  const safe = name.replace(/[\\/:*?"<>|\u0000-\u001F]/g, '_').replace(/^[.\s]+|[.\s]+$/g, '')
  return `${safe || 'plan'}-${dayOf(at)}.${ending}`
}
