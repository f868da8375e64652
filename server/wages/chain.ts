import type { PartyInput, PartyRole } from '#contract/wages.ts'

type Link = Pick<PartyInput, 'id' | 'parent' | 'role' | 'signedOn' | 'amountYuan'>
export interface FieldFault { path: string, message: string }

const depth: Record<PartyRole, number> = {
  'developer': 0,
  'general-contractor': 1,
  'subcontractor': 2,
  'labour': 3,
  'crew': 4,
}

/**
 * What is wrong with the parties of a site as a tree, at the field: an id twice, a parent that is not there, a cycle, a role
 * above the one that let the work, two developers, a contract before the one that it hangs on, or signed on a day to come.
 *
 * @param links the parties of one site
 * @param today `YYYY-MM-DD` in China
 */
export function faultsOfChain(links: readonly Link[], today: string): FieldFault[] {
  const faults: FieldFault[] = []
  const byId = new Map<string, Link>()
  links.forEach((link, at) => {
    if (byId.has(link.id))
      faults.push({ path: `parties.${at}.id`, message: `“${link.id}” is there twice` })
    byId.set(link.id, link)
  })
  const developer = links.find(({ role }) => role === 'developer')
  links.forEach((link, at) => {
    const say = (field: keyof Link, message: string) => faults.push({ path: `parties.${at}.${field}`, message })
    const parent = link.parent === null
      ? undefined
      : byId.get(link.parent)
    if (link.role === 'developer' && link !== developer)
      say('role', 'a worksite has one developer (建设单位)')
    if (link.signedOn !== null && link.signedOn > today)
      say('signedOn', `${link.signedOn} is still to come`)
    if (link.parent === null)
      return
    if (!parent) {
      say('parent', `there is no party “${link.parent}”`)
      return
    }
    if (ancestorsOf(link, byId) === 'cycle') {
      say('parent', 'is a cycle: it would get its work from itself')
      return
    }
    if (depth[parent.role] > depth[link.role] || link.role === 'developer')
      say('role', `a ${link.role} gets no work from a ${parent.role}`)
    if (link.signedOn !== null && parent.signedOn !== null && link.signedOn < parent.signedOn)
      say('signedOn', `lies before the contract that it hangs on (${parent.signedOn})`)
  })
  return faults
}

/** From the one that let the work to it up to the top; 'cycle' where there is no top. */
export function ancestorsOf<L extends Pick<Link, 'id' | 'parent'>>(link: L, byId: ReadonlyMap<string, L>): L[] | 'cycle' {
  const passed = new Set([link.id])
  const found: L[] = []
  for (let next = link.parent === null
    ? undefined
    : byId.get(link.parent); next; next = next.parent === null
      ? undefined
      : byId.get(next.parent)) {
    if (passed.has(next.id))
      return 'cycle'
    passed.add(next.id)
    found.push(next)
  }
  return found
}
