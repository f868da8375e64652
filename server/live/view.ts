import type { LogEvent } from '#contract/live.ts'
import type { LoggedEvent } from './logged-event.ts'
import type { Mask } from './mask.ts'
import type { Seat } from './seat.ts'
import { LayerName } from '#contract/live.ts'
import { layerPolicy, reachOf } from '../access/policy.ts'
import { officerOf, scopeOf } from '../access/scope.ts'
import { maskOf } from './mask.ts'

/** What a follower sees of the log. Followers with the same key get the same bytes. */
export interface View {
  key: string
  mask: Mask | null
  /** sorted, without repeats */
  layers: readonly LayerName[]
  /** What it asked for; null = everything. */
  region: string | null
  /** Layers of which its owner may see a part only, by the part. */
  scopes: Readonly<Partial<Record<LayerName, string>>>
}

/** What was asked for, less what the policy does not give to who sits there. A layer that is not given is as if not asked for. */
export function viewOf(seat: Pick<Seat, 'role' | 'region' | 'officer'>, asked: { layers?: LayerName[], region?: string }): View {
  const given = LayerName.options
    .filter(name => !asked.layers || asked.layers.includes(name))
    .flatMap((layer) => {
      const reach = reachOf(layerPolicy[layer], seat.role)
      return reach
        ? [
            {
              layer,
              reach,
              scope: scopeOf(reach, seat),
            },
          ]
        : []
    })
  const layers = given.map(({ layer }) => layer)
  const mask = maskOf(given.filter(({ reach }) => reach === 'masked').map(({ layer }) => layer))
  const scoped = given.filter(({ scope }) => scope !== null)
  const region = asked.region ?? null
  return {
    key: [
      mask?.name ?? '',
      region ?? '',
      layers.join(' '),
      ...scoped.map(({ layer, scope }) => `${layer}=${scope}`),
    ].join('|'),
    mask,
    layers,
    region,
    scopes: Object.fromEntries(scoped.map(({ layer, scope }) => [layer, scope])),
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
  const own = textInScope(event, view.scopes[event.layer])
  const text = own === event.text
    ? textInRegion(event, view.region)
    : own
  if (text === null || !view.mask?.layers.includes(event.layer))
    return text
  return JSON.stringify(view.mask.event(event.layer, JSON.parse(text) as LogEvent))
}

/** Whether items of a subdistrict that lie in no particular region of it belong to a view of this region. */
export function regionMeets(region: string, subdistrict: string): boolean {
  // Codes nest: 6 digits district, + 3 subdistrict, + 3 community, + 3 grid. A code of another kind tells nothing.
  return !/^\d+$/.test(region) || region.startsWith(subdistrict) || subdistrict.startsWith(region)
}

/** Stricter than a region: what lies nowhere in particular is nobody's own. */
function textInScope(event: LoggedEvent, scope: string | undefined): string | null {
  if (scope === undefined)
    return event.text
  const officer = officerOf(scope)
  if (officer === null) {
    return event.regions.length > 0 || liesIn(scope, event.leftRegions)
      ? textInRegion(event, scope)
      : null
  }
  if (event.layer === 'officers') {
    return event.id === officer
      ? event.text
      : null
  }
  return event.regions.includes(scope)
    ? event.text
    : event.leftRegions.includes(scope)
      ? event.goneText
      : null
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
