import type { Shape } from '../../client/map/symbols/shapes.ts'
import { expect, it } from 'vitest'
import { CaseKind } from '#contract/case.ts'
import { caseKinds, kindSigns } from '../../client/map/symbols/kinds.ts'
import { traceShape } from '../../client/map/symbols/shapes.ts'

it('every kind of the contract has a sign, and no two share a shape or a character', () => {
  expect([...caseKinds].sort()).toEqual([...CaseKind.options].sort())
  expect(new Set(caseKinds.map(kind => kindSigns[kind].shape)).size).toBe(caseKinds.length)
  expect(new Set(caseKinds.map(kind => kindSigns[kind].character)).size).toBe(caseKinds.length)
})

it('every shape fits the space that the atlas keeps for it', () => {
  for (const { shape } of Object.values(kindSigns))
    expect(farthest(shape), shape).toBeLessThanOrEqual(1.7 - 0.17)
})

/** The farthest corner of a shape of radius 1 from its centre. */
function farthest(shape: Shape): number {
  let most = 0
  const see = (x: number, y: number) => most = Math.max(most, Math.abs(x), Math.abs(y))
  const sink = {
    beginPath: () => {},
    closePath: () => {},
    moveTo: see,
    lineTo: see,
    arc: (x: number, y: number, radius: number) => see(Math.abs(x) + radius, Math.abs(y) + radius),
    quadraticCurveTo: (_: number, __: number, x: number, y: number) => see(x, y),
    roundRect: (x: number, y: number, width: number, height: number) => {
      see(x, y)
      see(x + width, y + height)
    },
  }
  traceShape(sink as unknown as Parameters<typeof traceShape>[0], shape, 0, 0, 1)
  return most
}
