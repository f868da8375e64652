import type { UnlinkedHouse } from '#coverage/unlinked-houses.ts'
import type { ChangeNames } from './describe-change.ts'

/** Why nobody can be walked to from a house, in words. */
export function whyUnlinked({ why, by, metres }: Pick<UnlinkedHouse, 'why' | 'by' | 'metres'>, { t, number }: Pick<ChangeNames, 't' | 'number'>): string {
  return t(`plan.unlinkedList.reason.${why === 'no-street' && metres === null
    ? 'no-street-at-all'
    : why}`, {
    // Rounded down: "no street within" has to hold.
    m: number(Math.floor(metres ?? 0)),
    by: t(`plan.unlinkedList.by.${by ?? 'none'}`),
  })
}
