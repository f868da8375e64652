import type { Config } from './config.ts'
import type { PersonalData } from './privacy/personal-data.ts'
import { dataDirProblem } from './data-dir-problem.ts'
import { loadPersonalDataKey } from './privacy/personal-data-key.ts'
import { personalData } from './privacy/personal-data.ts'

/** With the key of the environment or of DATA_DIR. Throws CannotStart. */
export async function openPersonalData({ personalDataKey, dataDir }: Config): Promise<PersonalData> {
  try {
    return personalData(await loadPersonalDataKey({ fromEnvironment: personalDataKey ?? undefined, dataDir }))
  }
  catch (error) {
    throw dataDirProblem(error, dataDir) ?? error
  }
}
