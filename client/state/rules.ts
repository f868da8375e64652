import type { RulesInForce } from '#contract/rules.ts'
import { shallowRef } from 'vue'
import { getJson } from '../api.ts'

/** The rules in force; null until the server has told them. */
export const rules = shallowRef<RulesInForce | null>(null)

/** Asks for them until they are there: a screen may start before its server. */
export async function loadRules(): Promise<void> {
  rules.value = await getJson<RulesInForce>('/api/v1/rules').catch(() => null)
  if (rules.value === null)
    setTimeout(loadRules, 5000)
}
