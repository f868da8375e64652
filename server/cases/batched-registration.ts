import type { CaseContextWithSql } from './case-context.ts'
import type { CaseRegistration, Registered } from './register-cases.ts'
import { isRolledBack } from '../../db/unavailable.ts'
import { createBatcher } from '../batcher.ts'
import { registerCases } from './register-cases.ts'

/** Registers one case at a time as its caller sees it, and many in one transaction as the database does. */
export function batchedRegistration(context: CaseContextWithSql, onBatch?: (size: number) => void): (registration: CaseRegistration) => Promise<Registered> {
  return createBatcher((registrations: CaseRegistration[]) => registerCases(context, registrations), {
    mayRetry: isRolledBack,
    ...(onBatch && { onBatch }),
  })
}
