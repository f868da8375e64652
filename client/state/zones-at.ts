import type { Feature } from '#contract/geometry.ts'
import type { RenovationZoneFeature } from '#contract/places.ts'
import type { ZoneMonths } from '#contract/renovation.ts'
import type { ZoneView } from '#contract/screen.ts'

export interface ZonesAt {
  zones: RenovationZoneFeature[]
  /** The same zones with the calls of the month; `most` of any zone in any month, so that months can be compared. */
  heat: Feature[]
  /** Open leftover issues of all that are seen; null: of some of them it is not known how many there were. */
  leftovers: number | null
  /** Calls of the month, from all of the batch. */
  calls: number
}

/** All zones as they are. */
export const presentZones: ZoneView = { batch: null, month: null, heat: false }

/**
 * Zones of a batch (null: all) as they stood at the end of a month (null: now). What is not known of the past (how far the works
 * were) is not shown; a zone that had not begun has no sign.
 */
export function zonesAt(zones: readonly RenovationZoneFeature[], months: readonly ZoneMonths[], { batch, month }: Pick<ZoneView, 'batch' | 'month'>): ZonesAt {
  const known = new Map(months.map(entry => [entry.zone, entry.months]))
  const most = Math.max(0, ...months.flatMap(entry => entry.months.map(({ calls }) => calls)))
  const chosen = zones.filter(({ properties }) => batch === null || properties.batch === batch)
  const at = (zone: RenovationZoneFeature) => month === null
    ? known.get(zone.id)?.at(-1)
    : known.get(zone.id)?.find(entry => entry.month === month)
  const shown = month === null
    ? chosen
    : chosen.flatMap((zone) => {
        const then = at(zone)
        return !then || then.stage === null
          ? []
          : [
              {
                ...zone,
                properties: {
                  ...zone.properties,
                  stage: then.stage,
                  progress: null,
                  openLeftovers: then.leftovers ?? 0,
                },
              },
            ]
      })
  const callsOf = (zone: RenovationZoneFeature) => at(zone)?.calls ?? 0
  return {
    zones: shown,
    heat: chosen.map(zone => ({
      ...zone,
      properties: {
        calls: callsOf(zone),
        most,
      },
    })),
    leftovers: month !== null && shown.some(zone => at(zone)?.leftovers === null)
      ? null
      : shown.reduce((sum, { properties }) => sum + properties.openLeftovers, 0),
    calls: chosen.reduce((sum, zone) => sum + callsOf(zone), 0),
  }
}
