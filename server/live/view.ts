import type { LogEvent } from '#contract/live.ts'
import type { Role } from '#contract/role.ts'
import type { LoggedEvent } from './logged-event.ts'
import type { Mask } from './mask.ts'
import { LayerName } from '#contract/live.ts'
import { maskOf } from './mask.ts'

/** What a follower sees of the log. Followers with the same key get the same bytes. */
export interface View {
  key: string
  mask: Mask | null
  /** sorted, without repeats */
  layers: readonly LayerName[]
  region: string | null
}

export function viewOf(role: Role, asked: { layers?: LayerName[], region?: string }): View {
  const mask = maskOf(role)
  const layers = LayerName.options.filter(name => !asked.layers || asked.layers.includes(name))
  const region = asked.region ?? null
  return {
    key: [
      mask?.name ?? '',
      region ?? '',
      layers.join(' '),
    ].join('|'),
    mask,
    layers,
    region,
  }
}

/**
 * The event's JSON as the view sees it; null when it does not see it.
 *
 * @example A case moved from region A to region B: a view of B gets the whole case, a view of A gets `gone`.
 */
export function eventText(event: LoggedEvent, view: View): string | null {
  if (!view.layers.includes(event.layer))
    return null
  const text = textInRegion(event, view.region)
  return text === null || view.mask === null
    ? text
    : maskedText(text, event.layer, view.mask)
}

/** Whether items of a subdistrict that lie in no particular region of it belong to a view of this region. */
export function regionMeets(region: string, subdistrict: string): boolean {
  // Codes nest: 6 digits district, + 3 subdistrict, + 3 community, + 3 grid. A code of another kind tells nothing.
  return !/^\d+$/.test(region) || region.startsWith(subdistrict) || subdistrict.startsWith(region)
}

function textInRegion(event: LoggedEvent, region: string | null): string | null {
  if (region === null || liesIn(region, event.regions) || holds(region, event.subdistrict))
    return event.text
  if (liesIn(region, event.leftRegions))
    return event.goneText
  return event.regions.length === 0 && regionMeets(region, event.subdistrict)
    ? event.text
    : null
}

function liesIn(region: string, codes: readonly string[]): boolean {
  return codes.some(code => code === region || holds(region, code))
}

/** A code of digits holds all that begin with it, as a district its subdistricts. */
function holds(region: string, code: string): boolean {
  return /^\d+$/.test(region) && code.startsWith(region)
}

function maskedText(text: string, layer: LayerName, mask: Mask): string | null {
  const event = JSON.parse(text) as LogEvent
  const feature = event.feature && mask.feature(layer, event.feature)
  if (feature === null)
    return null
  const masked = mask.event(layer, feature
    ? { ...event, feature }
    : event)
  return masked && JSON.stringify(masked)
}
