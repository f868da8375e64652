import type { Land, Street } from '../layout/bend.ts'
import type { LayoutLine } from '../layout/skeleton.ts'
import type { NameBank } from './names.ts'
import { chineseNumeral } from './names.ts'

/** Names of the streets, and of the neighbourhoods between the arterials. */
export interface TownNames {
  street: (street: Street) => string | undefined
  /** The neighbourhood of a block. */
  base: (land: Land) => string
}

/** Roads are named once for their whole length; lanes after their neighbourhood, in order: 春柳一巷, 春柳二巷… */
export function nameStreets(streets: readonly Street[], land: readonly Land[], river: string, names: NameBank): TownNames {
  const bases = new Map<string, string>()
  const baseOf = (path: string) => {
    const key = path.slice(0, 3)
    if (!bases.has(key))
      bases.set(key, names.place())
    return bases.get(key)!
  }
  const known = new Set(land.filter(l => l.block.inside && l.block.kind === 'block').map(l => l.block.path.slice(0, 3)))
  for (const key of [...known].sort())
    baseOf(key)
  const nameOfLine = new Map<LayoutLine, string | undefined>()
  const nameOfRoad = new Map<string, string>([
    ['bank-north', `${river.slice(0, -1)}北路`],
    ['bank-south', `${river.slice(0, -1)}南路`],
    ['footbridge', '步行桥'],
  ])
  const lanes = new Map<string, number>()
  for (const { line } of streets) {
    if (nameOfLine.has(line))
      continue
    nameOfLine.set(line, nameOf(line))
  }
  return {
    street: street => nameOfLine.get(street.line),
    base: l => baseOf(l.block.path),
  }

  function nameOf(line: LayoutLine): string | undefined {
    const road = line.road!
    const minor = /^\d/.test(road)
    const key = road.slice(0, 3)
    if (minor && !known.has(key))
      return undefined
    if (minor && line.kind === 'lane') {
      const number = (lanes.get(key) ?? 0) + 1
      lanes.set(key, number)
      return `${baseOf(key)}${chineseNumeral(number)}巷`
    }
    if (!nameOfRoad.has(road))
      nameOfRoad.set(road, names.place() + suffix(line))
    return nameOfRoad.get(road)
  }
}

/** 大街 and 街 run west to east, 路 north to south. */
function suffix({ points, kind }: LayoutLine): string {
  const [ax, ay] = points[0]!
  const [bx, by] = points.at(-1)!
  if (Math.abs(by - ay) > Math.abs(bx - ax))
    return '路'
  return kind === 'primary'
    ? '大街'
    : '街'
}
