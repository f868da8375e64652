import type { Sql } from '../../db/connect.ts'
import type { Log } from '../log.ts'
import type { KnownPlace } from '../property/property-places.ts'
import type { ZoneWriter } from '../renovation/change-zone.ts'
import type { DemoZone } from './overlays/renovation-zones.ts'
import type { DemoRung } from './overlays/zone-ledgers.ts'
import { latestCallsFrom } from '../../db/queries/property-places.ts'
import { loadPlaces } from '../places/locate.ts'
import { takePropertyStep } from '../property/change-ladder.ts'
import { changeProperty } from '../property/change-property.ts'
import { propertyPlaces } from '../property/property-places.ts'
import { dayFrom } from './overlays/days.ts'
import { companyOutside, rungsOutside } from './overlays/zone-ledgers.ts'

const dayMs = 86_400_000
const duty: ZoneWriter = { id: 'demo-duty', name: '演示值班员', role: 'duty' }

/** One property company on each rung, in compounds under renovation, and one outside of them with a step left out for a reason. */
export async function writePropertyLadders({ sql, log, now, subdistrict }: { sql: Sql, log: Log, now: Date, subdistrict: string }, zones: readonly DemoZone[]): Promise<void> {
  const places = (await propertyPlaces(sql, await loadPlaces(sql), subdistrict))
  for (const { id, ledger, properties } of zones) {
    const known = places.find(({ zone }) => zone?.id === id)
    if (known)
      await climb(known, String(properties.物业公司), ledger.ladder)
  }
  for (const known of places.filter(({ zone }) => zone === null)) {
    if (await climb(known, companyOutside, rungsOutside))
      return
  }

  /** Whether there were calls to rest on. A place that somebody has worked on since keeps what it has. */
  async function climb(known: KnownPlace, company: string, rungs: readonly DemoRung[]): Promise<boolean> {
    const calls = (await latestCallsFrom(sql, known.calls, 1000)).filter(({ kind }) => kind === 'property' || kind === 'renovation')
    if (calls.length === 0)
      return false
    for (const [version, { step, ago, note, skipReason = null }] of rungs.entries()) {
      const on = dayFrom(now, -ago)
      const answer = await changeProperty({
        sql,
        now: () => new Date(now.getTime() - ago * dayMs),
      }, { known, version, by: duty }, work => takePropertyStep(work, {
        company,
        step,
        on,
        dueOn: null,
        note,
        skipReason,
        documents: [],
        cases: calls.filter(call => call.reportedOn <= on).slice(0, 3).map(call => call.case),
      }))
      if (!('part' in answer)) {
        log.debug({ place: known.place, answer }, 'ladder of the demo not written')
        return false
      }
    }
    return true
  }
}
