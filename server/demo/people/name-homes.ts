import type { Compound } from '../fill/site.ts'
import type { Random } from '../random.ts'
import type { NameBank } from './names.ts'
import type { TownNames } from './name-streets.ts'
import { chineseNumeral } from './names.ts'

/** 春柳新村一区, 纺织厂宿舍 for the old, 云锦花园 and 听泉府 for the new; houses are numbered in each compound. */
export function nameHomes(compounds: readonly Compound[], town: TownNames, names: NameBank, random: Random): void {
  const quarters = new Map<string, number>()
  const inOrder = compounds.toSorted((a, b) => a.land.block.path < b.land.block.path
    ? -1
    : 1)
  for (const compound of inOrder)
    compound.name = nameOf(compound)

  function nameOf({ style, builtYear, land }: Compound): string {
    const base = town.base(land)
    if (style === 'village')
      return `${base}旧村`
    if (builtYear < 2000) {
      const workplace = random.chance(0.22) && names.workplace()
      if (workplace)
        return `${workplace}宿舍`
      const kind = builtYear < 1990
        ? '新村'
        : '小区'
      const number = (quarters.get(base + kind) ?? 0) + 1
      quarters.set(base + kind, number)
      return `${base}${kind}${chineseNumeral(number)}区`
    }
    return names.place() + (builtYear < 2010
      ? random.pick(['花园', '家园', '苑', '佳苑'])
      : random.pick(['府', '华庭', '雅园', '公馆', '城']))
  }
}
