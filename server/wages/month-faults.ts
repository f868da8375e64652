import type { WageMonth } from '#contract/wages.ts'
import type { FieldFault } from './chain.ts'

/** More than this a head and month is a slip of the pen: ten times what a skilled worker on a site earns. */
export const mostYuanAHead = 100_000

/** What is wrong with the months of a site, at the field. */
export function faultsOfMonths(months: readonly WageMonth[], today: string): FieldFault[] {
  const faults: FieldFault[] = []
  const seen = new Map<string, number>()
  months.forEach((entry, at) => {
    const { month, attended, paidPeople, dueYuan, paidYuan, paidOn } = entry
    const say = (field: keyof WageMonth, message: string) => faults.push({ path: `months.${at}.${field}`, message })
    if (seen.has(month))
      say('month', `${month} is there twice: a month is paid once`)
    seen.set(month, at)
    if (month > today.slice(0, 7))
      say('month', `${month} is still to come`)
    if (paidPeople > attended)
      say('paidPeople', `more were paid (${paidPeople}) than attended (${attended})`)
    if (paidYuan > dueYuan)
      say('paidYuan', `more was paid (${paidYuan}) than due (${dueYuan})`)
    if (dueYuan > attended * mostYuanAHead)
      say('dueYuan', `${dueYuan} yuan for ${attended} people is more than ${mostYuanAHead} a head`)
    if (paidYuan > 0 && paidOn === null)
      say('paidOn', 'must be given where something was paid')
    if (paidOn !== null && paidOn < `${month}-01`)
      say('paidOn', `lies before the month that is paid (${month})`)
    if (paidOn !== null && paidOn > today)
      say('paidOn', `${paidOn} is still to come`)
    if (paidYuan === 0 && paidPeople > 0)
      say('paidPeople', 'people were paid, but no money')
  })
  return faults
}
