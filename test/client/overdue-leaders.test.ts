import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignRows, cross } from '../../client/wall/overdue-leaders.ts'

const pins = fc.array(fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 1000 }) }), { maxLength: 12 })
const rowY = (row: number) => 480 + row * 72

test('no two lines from overdue pins to their rows cross', () => {
  fc.assert(fc.property(pins, (points) => {
    const rows = assignRows(points, 1100, rowY)
    expect([...rows].sort((a, b) => a - b)).toEqual(points.map((_, index) => index))
    const ends = rows.map(row => ({ x: 1100, y: rowY(row) }))
    const crossings = points.flatMap((point, a) => points.slice(a + 1).map((other, more) => cross(point, ends[a]!, other, ends[a + 1 + more]!)))
    expect(crossings).not.toContain(true)
  }))
})

test('pins one above the other keep their order', () => {
  expect(assignRows([{ x: 500, y: 700 }, { x: 500, y: 300 }, { x: 500, y: 500 }], 1100, rowY)).toEqual([2, 0, 1])
})
