import type { TrackerRow } from '../../db/queries/trackers.ts'
import type { Managing } from '../access/manage-accounts.ts'
import { randomUUID } from 'node:crypto'
import { giveConsent, readPositionStanding } from '../../db/queries/shifts.ts'
import { insertTracker, revokeTrackerRow } from '../../db/queries/trackers.ts'
import { oneTimePassword } from '../access/accounts.ts'
import { record } from '../access/audit.ts'
import { hashOfToken } from './roster.ts'

/** What the paper says that a worker signs for his device. */
const paperWording = '本人同意在岗期间由随身定位设备上报位置；非在岗时间不采集，可随时撤回。（纸质同意书由管理员保存）'

/** A device for an officer, with its token, which is told once. null: there is no such officer. */
export async function makeTracker({ sql, auditKey, by }: Managing, { officer, name }: { officer: string, name: string }): Promise<{ tracker: TrackerRow, token: string } | null> {
  const token = oneTimePassword()
  return await sql.begin(async (tx) => {
    const tracker = await insertTracker(tx, {
      id: randomUUID(),
      officer,
      name,
      tokenHash: hashOfToken(token),
      by: by.actor,
    })
    if (!tracker)
      return null
    if ((await readPositionStanding(tx, officer))?.given_at === null) {
      await giveConsent(tx, {
        officer,
        wording: paperWording,
        by: by.actor,
        at: new Date(),
      })
    }
    await record(tx, auditKey, [
      {
        ...by,
        action: 'tracker.make',
        target: `officer:${officer}`,
        before: null,
        after: { tracker: tracker.id, name },
      },
    ])
    return { tracker, token }
  })
}

/** Its token is refused from now on, at every server. false: there is none, or it was revoked before. */
export async function revokeTracker({ sql, auditKey, by }: Managing, id: string): Promise<boolean> {
  return await sql.begin(async (tx) => {
    const revoked = await revokeTrackerRow(tx, id)
    if (!revoked)
      return false
    await record(tx, auditKey, [
      {
        ...by,
        action: 'tracker.revoke',
        target: `officer:${revoked.officer}`,
        before: { tracker: id, name: revoked.name },
        after: null,
      },
    ])
    return true
  })
}
