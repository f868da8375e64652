import { computed } from 'vue'
import { rules } from '../state/rules.ts'

const asked = new URLSearchParams(location.search).get('ranking') !== '0'
/**
 * National guidance since 2025 warns against ranking for its own sake: the centre's rules, or `?ranking=0` on one screen, list
 * communities without ranks and marks.
 */
export const ranked = computed(() => asked && (rules.value?.ranking ?? false))

/** `?region=CODE` shows one community or grid only. */
export const region = new URLSearchParams(location.search).get('region') ?? undefined
