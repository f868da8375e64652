import type { PublicCase } from '../../db/queries/open311.ts'
import type { Part } from './to-xml.ts'
import { CaseKind, Urgency } from '#contract/case.ts'
import { open311Status, serviceNames, stateNames, urgencyNames } from './names.ts'

/** A service of GET services: each kind of case is one. */
export function serviceOf(kind: CaseKind): Part {
  return {
    service_code: kind,
    service_name: serviceNames[kind],
    description: serviceNames[kind],
    metadata: true,
    type: 'realtime',
    keywords: kind,
    group: '12345',
  }
}
export const services = CaseKind.options.map(serviceOf)

/** What else may be told with a request of a service: how urgent it is. */
export function definitionOf(kind: CaseKind): { [name: string]: Part } {
  return {
    service_code: kind,
    attributes: [
      {
        variable: true,
        code: 'urgency',
        datatype: 'singlevaluelist',
        required: false,
        datatype_description: '不填即为一般 · normal when left out',
        order: 1,
        description: '紧急程度 · Urgency',
        values: Urgency.options.map(key => ({ key, name: urgencyNames[key] })),
      },
    ],
  }
}

/**
 * A request as GeoReport v2 has it. What the resident wrote, the address and who has it stay inside: the description is the kind,
 * the place a square of some 100 m, the address the community.
 */
export function requestOf(found: PublicCase): Part {
  return {
    service_request_id: found.id,
    status: open311Status(found.status),
    status_notes: stateNames[found.status],
    service_name: serviceNames[found.kind],
    service_code: found.kind,
    description: serviceNames[found.kind],
    agency_responsible: null,
    service_notice: null,
    requested_datetime: moment(found.reported_at),
    updated_datetime: moment(found.updated_at),
    expected_datetime: found.due_at && moment(found.due_at),
    address: found.community,
    address_id: null,
    zipcode: null,
    lat: found.near?.[1] ?? null,
    long: found.near?.[0] ?? null,
    media_url: null,
    extended_attributes: {
      state: found.status,
      state_name: stateNames[found.status],
      urgency: found.urgency,
      supervised: found.supervised,
      merged_into: found.merged_into,
    },
  }
}

/** The specification wants no fractions of a second (W3C note on date and time). */
function moment(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z')
}
