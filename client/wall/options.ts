import type { ZoneView } from '#contract/screen.ts'
import { computed } from 'vue'
import { rules } from '../state/rules.ts'

const asked = new URLSearchParams(location.search).get('ranking') !== '0'
/**
 * National guidance since 2025 warns against ranking for its own sake: the centre's rules, or `?ranking=0` on one screen, list
 * communities without ranks and marks.
 */
export const ranked = computed(() => asked && (rules.value?.ranking ?? false))

/** `?batch=2024年第一批`, `?month=2026-05` and `?heat` are which zones the scene renovation shows on one screen. */
export function readZoneView(search: string): ZoneView {
  const query = new URLSearchParams(search)
  const month = query.get('month')
  return {
    batch: query.get('batch') || null,
    month: month && /^20\d\d-(?:0[1-9]|1[0-2])$/.test(month)
      ? month
      : null,
    heat: query.has('heat') && query.get('heat') !== '0',
  }
}

/** `?region=CODE` shows one community or grid only. */
export const region = new URLSearchParams(location.search).get('region') ?? undefined
