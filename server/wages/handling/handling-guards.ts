export type HandlingGuard = 'independent' | 'confirmed' | 'proposed' | 'not-proposed' | 'second-key' | 'nothing-owed' | 'callers-answered' | 'has-papers'

/** A handling as its rules look at it. */
export interface HandlingStanding {
  workedBy: readonly string[]
  confirmed: boolean
  closeProposedBy: string | null
  foundYuan: number | null
  /** of its cases: not reported done yet, so that their callers were told nothing */
  openCases: number
  /** orders and transfers that nobody has signed for yet */
  papersOut: number
}

/** What the state alone cannot say. Each answers why not, or null. */
export const handlingGuards: Record<HandlingGuard, (standing: HandlingStanding, actor: { id: string }) => string | null> = {
  'independent': ({ workedBy }, { id }) => workedBy.includes(id)
    ? 'Whoever had it in hand does not call the workers back.'
    : null,

  'confirmed': ({ confirmed }) => confirmed
    ? null
    : 'The workers must be called back first: that they have their money.',

  'proposed': ({ closeProposedBy }) => closeProposedBy === null
    ? 'The closing must be asked for first (propose-close).'
    : null,

  'not-proposed': ({ closeProposedBy }) => closeProposedBy === null
    ? null
    : 'The closing was asked for already.',

  'second-key': ({ workedBy, closeProposedBy }, { id }) => id === closeProposedBy || workedBy.includes(id)
    ? 'The closing needs two keys: somebody else turns the second than who asked for it or had it in hand.'
    : null,

  'nothing-owed': ({ foundYuan }) => foundYuan === 0
    ? null
    : 'The check found something owed: it is closed by payment only.',

  // 保障农民工工资支付条例 art. 10: who complained is told what came of it.
  'callers-answered': ({ openCases }) => openCases > 0
    ? `${openCases} of its cases are not reported done yet: who called is told first what came of it.`
    : null,

  'has-papers': ({ papersOut }) => papersOut > 0
    ? null
    : 'No order or transfer is out for which nobody has signed.',
}
