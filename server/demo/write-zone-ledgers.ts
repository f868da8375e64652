import type { Sql } from '../../db/connect.ts'
import type { Log } from '../log.ts'
import type { ZoneDone, ZoneWork, ZoneWriter } from '../renovation/change-zone.ts'
import type { DemoZone } from './overlays/renovation-zones.ts'
import type { DemoLeftover } from './overlays/zone-ledgers.ts'
import { readLeftovers } from '../../db/queries/zone-leftovers.ts'
import { actOnLeftover, addLeftover } from '../renovation/change-leftover.ts'
import { changeConsents, changeFunds, changeStages } from '../renovation/change-parts.ts'
import { changeZone } from '../renovation/change-zone.ts'
import { settleAllZones } from '../renovation/settle-zones.ts'
import { dayFrom } from './overlays/days.ts'

interface Doing { daysAgo: number, by: ZoneWriter, work: (work: ZoneWork) => Promise<ZoneDone> }

const dayMs = 86_400_000
const duty: ZoneWriter = { id: 'demo-duty', name: '演示值班员', role: 'duty' }
const community: ZoneWriter = { id: 'demo-community', name: '演示社区经办', role: 'community' }
const inspector: ZoneWriter = { id: 'demo-inspector', name: '演示督查员', role: 'inspector' }

/**
 * Writes the ledgers of the demo's zones as people would have done it, in the order of the days on which they did. A zone that
 * somebody has worked on since keeps what it has.
 */
export async function writeZoneLedgers({ sql, log, now }: { sql: Sql, log: Log, now: Date }, zones: readonly DemoZone[]): Promise<void> {
  for (const zone of zones) {
    const doings = doingsOf(zone, now).sort((a, b) => b.daysAgo - a.daysAgo)
    for (const [version, { daysAgo, by, work }] of doings.entries()) {
      const answer = await changeZone({
        sql,
        now: () => new Date(now.getTime() - daysAgo * dayMs),
      }, {
        zone: zone.id,
        scope: null,
        version,
        by,
      }, work)
      if (!('changed' in answer)) {
        log.debug({ zone: zone.id, answer }, 'ledger of the demo not written')
        break
      }
    }
  }
  await sql.begin(tx => settleAllZones(tx, now))
}

function doingsOf({ ledger: { stage, stages, consents, funds, leftovers } }: DemoZone, now: Date): Doing[] {
  return [
    // Dates are judged on the day on which they are written: all of them are past by now.
    {
      daysAgo: 0,
      by: duty,
      work: work => changeStages(work, { stage, stages }),
    },
    ...consents.length > 0
      ? [
          {
            daysAgo: 100,
            by: community,
            work: (work: ZoneWork) => changeConsents(work, consents),
          },
        ]
      : [],
    ...funds.length > 0
      ? [
          {
            daysAgo: 90,
            by: duty,
            work: (work: ZoneWork) => changeFunds(work, funds),
          },
        ]
      : [],
    ...leftovers.flatMap(leftover => stepsOf(leftover, now)),
  ]
}

/** Found by one, worked on by another, checked by a third. */
function stepsOf({ title, owner, openedAgo, termDays, state }: DemoLeftover, now: Date): Doing[] {
  const act = (action: 'start' | 'propose' | 'confirm', daysAgo: number, by: ZoneWriter): Doing => ({
    daysAgo,
    by,
    async work(work) {
      const { id } = (await readLeftovers(work.tx, [work.item.id])).find(row => row.title === title)!
      return await actOnLeftover(work, {
        id,
        action,
        input: action === 'propose'
          ? {
              evidence: [
                { kind: 'text', text: '已完成整改，现场复核无异常。' },
              ],
            }
          : {},
      })
    },
  })
  return [
    {
      daysAgo: openedAgo,
      by: duty,
      work: work => addLeftover(work, {
        title,
        owner,
        dueOn: dayFrom(now, termDays - openedAgo),
      }),
    },
    ...state === 'open'
      ? []
      : [
          act('start', openedAgo - 3, community),
        ],
    ...state === 'proposed' || state === 'closed'
      ? [
          act('propose', openedAgo - 7, community),
        ]
      : [],
    ...state === 'closed'
      ? [
          act('confirm', openedAgo - 9, inspector),
        ]
      : [],
  ]
}
