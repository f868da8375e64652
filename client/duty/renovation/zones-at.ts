import type { Feature } from '#contract/geometry.ts'
import type { RenovationZoneFeature } from '#contract/places.ts'
import type { ZoneMonths } from '#contract/renovation.ts'

export interface ZonesAt {
  zones: RenovationZoneFeature[]
  /** The same zones with the calls of the month; `most` of any zone in any month, so that months can be compared. */
  heat: Feature[]
}

/**
 * Zones of a batch (null: all) as they stood at the end of a month (null: now). What is not known of the past (how far the works
 * were, how many leftovers there were) is not shown; a zone that had not begun has no sign.
 */
export function zonesAt(zones: readonly RenovationZoneFeature[], months: readonly ZoneMonths[], { batch, month }: { batch: string | null, month: string | null }): ZonesAt {
  const known = new Map(months.map(entry => [entry.zone, entry.months]))
  const most = Math.max(0, ...months.flatMap(entry => entry.months.map(({ calls }) => calls)))
  const chosen = zones.filter(({ properties }) => batch === null || properties.batch === batch)
  const at = (zone: RenovationZoneFeature) => known.get(zone.id)?.find(entry => entry.month === month)
  return {
    zones: month === null
      ? chosen
      : chosen.flatMap((zone) => {
          const stage = at(zone)?.stage ?? null
          return stage === null
            ? []
            : [
                {
                  ...zone,
                  properties: {
                    ...zone.properties,
                    stage,
                    progress: null,
                    openLeftovers: 0,
                  },
                },
              ]
        }),
    heat: chosen.map(zone => ({
      ...zone,
      properties: {
        calls: month === null
          ? known.get(zone.id)?.at(-1)?.calls ?? 0
          : at(zone)?.calls ?? 0,
        most,
      },
    })),
  }
}
