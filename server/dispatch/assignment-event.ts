import type { AssignmentRow } from '../../db/queries/assignments.ts'
import type { CaseRow } from '../../db/queries/cases.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import { assignmentFeature } from '../../db/queries/assignments.ts'
import { regionsOf } from '../cases/place-case.ts'

type Place = Pick<CaseRow, 'subdistrict' | 'community' | 'grid'>

/** Tells whoever may see the case, and the officer who was sent, also that he no longer is. `before`: where the case lay. */
export function assignmentEvent(verb: string, row: AssignmentRow, place: Place, before: Place = place): PlacedDraft {
  const at = ({ subdistrict, community, grid }: Place) => regionsOf({
    subdistrict,
    community,
    grid,
    assignee: row.officer,
  })
  const regions = at(place)
  const leftRegions = at(before).filter(code => !regions.includes(code))
  return {
    subdistrict: place.subdistrict,
    draft: {
      type: `assignment.${verb}`,
      id: row.id,
      regions,
      ...leftRegions.length > 0 && { leftRegions },
      feature: assignmentFeature(row),
    },
  }
}
