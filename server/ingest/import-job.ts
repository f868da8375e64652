import type { Tx } from '../../db/connect.ts'
import type { Rulebook } from '../cases/rules-file.ts'
import type { PersonalData } from '../privacy/personal-data.ts'
import type { Source } from './read/input.ts'
import type { ImportProgress, ImportRequest, Reject } from './import-request.ts'

/** What the importer of a kind works with. */
export interface ImportJob extends Pick<ImportRequest, 'sql' | 'format'> {
  source: Source
  map: Record<string, string>
  crs: NonNullable<ImportRequest['crs']>
  dryRun: boolean
  now: Date
  personal: PersonalData
  rulebook: Rulebook
  progress: (progress: ImportProgress) => void
  reject: (reject: Reject) => void
  change: ImportRequest['onChange']
  /** for the summary */
  note: (text: string) => void
}

class TakenBack {
  readonly answer: unknown
  constructor(answer: unknown) {
    this.answer = answer
  }
}

/** One transaction; a dry run takes it back at the end and has the answer all the same. */
export async function inTransaction<T>({ sql, dryRun }: Pick<ImportJob, 'sql' | 'dryRun'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await sql.begin(async (tx) => {
      const answer = await work(tx)
      if (dryRun)
        throw new TakenBack(answer)
      return answer
    }) as T
  }
  catch (thrown) {
    if (thrown instanceof TakenBack)
      return thrown.answer as T
    throw thrown
  }
}
