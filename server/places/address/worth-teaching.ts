import { normaliseAddress } from './normalise-address.ts'

/** What any place may be called: alone it names none. */
const anywhere = /小区|院[里内]|门口|楼[上下]|附近|旁边?|对面|路口|里面|这[里边]|那[里边]|我家|居民|住户|单元|号楼|[楼栋幢座排层室号户单东南西北边侧]/g
const fewestCharacters = 2

/**
 * How what was said of a place is kept as a name for it, or null when it would fit too many places: 老供销社院里 is worth
 * knowing, 3号楼门口 is said of every compound.
 */
export function aliasToTeach(said: string): string | null {
  const alias = normaliseAddress(said)
  const own = alias.replace(anywhere, '').replace(/[\d\-#a-z]/g, '')
  return [...own].length >= fewestCharacters
    ? alias
    : null
}
