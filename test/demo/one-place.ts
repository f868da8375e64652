import type { CasePlace, CasePlaces } from '../../server/demo/cases/case-places.ts'

/** The smallest town that a case can come from: one place of each sort. */
export function onePlace(): CasePlaces {
  const place: CasePlace = {
    name: '春柳新村一区1号楼',
    address: '春柳路1号',
    at: [117.05, 36.66],
    weight: 1,
    units: 3,
    floors: 11,
  }
  const list = [place]
  return {
    'home': list,
    'tower': list,
    'compound': list,
    'old-compound': list,
    'street': list,
    'worksite': list,
    'care': list,
    'clinic': list,
    'school': list,
    'culture': list,
    'business': list,
  }
}
