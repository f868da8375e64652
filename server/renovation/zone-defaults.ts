import type { RenovationZone } from '#contract/places.ts'

/** A zone of which nothing is known but its name and place. */
export const zoneDefaults: Omit<RenovationZone, 'id' | 'name'> = {
  community: null,
  batch: null,
  stage: 'survey',
  progress: null,
  buildings: null,
  households: null,
  floorArea: null,
  builtYear: null,
  owner: null,
  contractor: null,
  designer: null,
  supervisor: null,
  propertyCompany: null,
  consentRate: null,
  fundsYuan: null,
  planStart: null,
  planEnd: null,
  realStart: null,
  realEnd: null,
  warrantyEnd: null,
  warrantyNotice: null,
  openLeftovers: 0,
}
