import type { LngLat } from '#contract/geometry.ts'

/** What lies at a point: region codes and ids, null where nothing of the kind does. */
export interface Placement {
  /** null = outside every known subdistrict. */
  subdistrict: string | null
  community: string | null
  grid: string | null
  /** areas.id of the walled compound. */
  compound: number | null
  building: number | null
  /** Renovation zone. */
  zone: string | null
  worksite: string | null
}

/** A place told by words, and how sure that is. */
export interface WordedPlace {
  location: LngLat
  /** buildings.id; null = somewhere in the compound, at the landmark. */
  building: number | null
  by: 'address' | 'content'
  /** 0–1 */
  confidence: number
}

/** A place that words may mean, as it is offered to a person. */
export interface ProposedPlace extends WordedPlace {
  label: string
  precision: 'building' | 'compound' | 'landmark' | 'road'
  /** Somebody once placed a case by hand that said so. */
  taught: boolean
}

/** How cases, facilities and officers learn where they are. Synchronous and in memory: it is called per row of an import. */
export interface Places {
  locate: (lngLat: LngLat) => Placement
  /** The place that the words name, when that is sure enough; null = a person has to tell. */
  find: (said: { address?: string | null | undefined, content: string }) => WordedPlace | null
  /** Places that the words may mean, best first: for a person to choose from. */
  propose: (said: { address?: string | null | undefined, content?: string | undefined }) => ProposedPlace[]
  /** The subdistrict to which things without a place belong: the only one of this server; null with none or several. */
  readonly home: string | null
  /** Whether any subdistrict is known; before that nothing counts as outside. */
  readonly knowsRegions: boolean
}
