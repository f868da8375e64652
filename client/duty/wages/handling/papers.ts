import type { HandlingStep, WageHandling } from '#contract/wage-handling.ts'

/** Whether nobody has signed yet for the order or transfer. */
export function isOut({ nr, step }: Pick<HandlingStep, 'nr' | 'step'>, { steps }: Pick<WageHandling, 'steps'>): boolean {
  return (step === 'order' || step === 'transfer') && !steps.some(other => other.step === 'receipt' && other.ofStep === nr)
}
