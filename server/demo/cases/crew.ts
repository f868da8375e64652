import type { DutyOfficer } from '../../../db/queries/demo.ts'

/** Who gets a case: somebody of its grid, else of its community, else of the town; of those the one with the least to do. */
export interface DemoCrew {
  nextFor: (place: { community: string | null, grid: string | null }) => string
  free: (officer: string | null) => void
  take: (officer: string | null) => void
}

export function createCrew(officers: readonly DutyOfficer[]): DemoCrew {
  const load = new Map(officers.map(officer => [officer.id, 0]))
  const change = (officer: string | null, by: number) => {
    if (officer !== null && load.has(officer))
      load.set(officer, Math.max(0, load.get(officer)! + by))
  }
  const least = (list: readonly DutyOfficer[]) => list.reduce<DutyOfficer | undefined>((best, officer) => !best || load.get(officer.id)! < load.get(best.id)!
    ? officer
    : best, undefined)
  return {
    nextFor({ community, grid }) {
      // Somebody with a full hand passes it on to a colleague of the community.
      const near = officers.filter(officer => officer.grid === grid && load.get(officer.id)! < 7)
      const around = officers.filter(officer => officer.community === community)
      const chosen = least(near) ?? least(around) ?? least(officers)
      change(chosen!.id, 1)
      return chosen!.id
    },
    free: officer => change(officer, -1),
    take: officer => change(officer, 1),
  }
}
