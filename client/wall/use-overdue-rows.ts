import type { Ref } from 'vue'
import type { Feature } from '#contract/geometry.ts'
import type { CasePins } from '../map/use-case-pins.ts'
import type { ScreenPoint } from '../parts/screen-point.ts'
import { computed } from 'vue'
import { remPixels } from '../parts/rem-pixels.ts'
import { overdue } from './figures.ts'
import { assignRows } from './overdue-leaders.ts'

export interface OverdueRow {
  feature: Feature
  /** Top of the row, pixels from the top of the map. */
  top: number
  /** From the row to the rim of the pin; none for a case without a place. */
  line: ScreenPoint[] | null
}

export const rowRem = 4.5
const widthRem = 14.2
const mostRows = 8

/** The longest overdue cases as a list at the right edge, each with a line to its pin; lines do not cross. */
export function useOverdueRows(pins: CasePins, view: Readonly<Ref<{ width: number, height: number }>>, project: (lng: number, lat: number) => ScreenPoint | null) {
  return computed(() => {
    const { width, height } = view.value
    const rem = remPixels()
    const [highest, lowest] = [7 * rem, height - 5 * rem]
    const fit = Math.max(0, Math.min(mostRows, Math.floor((lowest - highest) / (rowRem * rem))))
    const shown = overdue.value.slice(0, fit).map((feature) => {
      const place = pins.placeOf(feature.id)
      return {
        feature,
        pin: place
          ? project(place.lng, place.lat)
          : null,
      }
    })
    const placed = shown.filter(row => row.pin !== null)
    const total = shown.length * rowRem * rem
    const middle = placed.length
      ? placed.reduce((sum, { pin }) => sum + pin!.y, 0) / placed.length
      : height / 2
    const top = Math.min(Math.max(highest, middle - total / 2), lowest - total)
    const left = width - widthRem * rem
    const rowTop = (row: number) => top + row * rowRem * rem
    const anchorY = (row: number) => rowTop(row) + 0.42 * rowRem * rem
    const bendX = left - 1.6 * rem
    const rowOf = assignRows(placed.map(({ pin }) => pin!), bendX, anchorY)

    const rows: OverdueRow[] = placed.map(({ feature, pin }, index) => {
      const y = anchorY(rowOf[index]!)
      return {
        feature,
        top: rowTop(rowOf[index]!),
        line: [
          { x: left - 0.4 * rem, y },
          { x: bendX, y },
          rim({ x: bendX, y }, pin!, 1.75 * rem),
        ],
      }
    })
    shown.filter(row => row.pin === null).forEach(({ feature }, index) => rows.push({
      feature,
      top: rowTop(placed.length + index),
      line: null,
    }))
    return {
      rows,
      left,
      top,
      hidden: overdue.value.length - shown.length,
      bottom: rowTop(shown.length),
    }
  })
}

/** The point at `radius` before `to` on the way from `from`. */
function rim(from: ScreenPoint, to: ScreenPoint, radius: number): ScreenPoint {
  const distance = Math.hypot(to.x - from.x, to.y - from.y)
  const share = distance > radius
    ? (distance - radius) / distance
    : 0
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}
