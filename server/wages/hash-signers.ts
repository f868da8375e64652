import type { Tx } from '../../db/connect.ts'
import type { PersonalData } from '../privacy/personal-data.ts'
import { putSignerHashes, unhashedSigners } from '../../db/queries/exposure.ts'

/** Links that were written before signers were found by a hash get theirs. */
export async function hashSigners(tx: Tx, personal: PersonalData): Promise<void> {
  const rows = await unhashedSigners(tx)
  if (rows.length === 0)
    return
  await putSignerHashes(tx, rows.map(({ subdistrict, id, signer }) => ({
    subdistrict,
    id,
    hash: personal.nameHash(personal.open(signer)),
  })))
}
