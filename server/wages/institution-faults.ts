import type { Institution } from '#contract/wages.ts'
import type { FieldFault } from './chain.ts'

/** What is wrong with the checklist of a site, at the field: in place means that somebody saw something that shows it. */
export function faultsOfInstitutions(institutions: readonly Institution[], today: string): FieldFault[] {
  const faults: FieldFault[] = []
  const seen = new Set<string>()
  institutions.forEach(({ institution, state, evidence, checkedOn }, at) => {
    const say = (field: keyof Institution, message: string) => faults.push({ path: `institutions.${at}.${field}`, message })
    if (seen.has(institution))
      say('institution', `${institution} is there twice`)
    seen.add(institution)
    if (state === 'in-place' && evidence === null)
      say('evidence', 'must be given for what is in place')
    if (state !== 'unknown' && checkedOn === null)
      say('checkedOn', 'must be given for what was checked')
    if (checkedOn !== null && checkedOn > today)
      say('checkedOn', `${checkedOn} is still to come`)
  })
  return faults
}
