import { expect, it } from 'vitest'
import { siteColumns, sumsCsv, zoneColumns } from '../../client/duty/sums/sum-columns.ts'
import { messages } from '../../client/i18n/index.ts'

const zone = {
  zones: 2,
  leftovers: 3,
  zonesWithLeftovers: 1,
  calls: 5,
  households: 300,
  consented: 70,
  asked: 100,
  zonesAsked: 1,
}

it('sums leave as a file with numerator and denominator in columns of their own, and no name is a formula', () => {
  const [head, total, row] = sumsCsv(zoneColumns, [
    { name: 'All', sums: zone },
    { name: '=1+1', sums: zone },
  ], key => key).replace('\uFEFF', '').split('\r\n')
  expect(head).toBe(',sums.column.zones,sums.column.leftovers,sums.column.zonesWithLeftovers,sums.column.zonesWithLeftovers / sums.of.zones,sums.column.calls,sums.column.calls / sums.of.households,sums.column.consented,sums.column.consented / sums.of.asked')
  expect(total).toBe('All,2,3,1,2,5,300,70,100')
  expect(row).toMatch(/^'=1\+1,/)
})

it.each(['zh-CN', 'en'] as const)('each figure has a name in %s', (language) => {
  const { column, of } = messages[language].sums
  for (const { value, of: whole } of [
    ...zoneColumns,
    ...siteColumns,
  ]) {
    expect(column).toHaveProperty(value)
    if (whole)
      expect(of).toHaveProperty(whole)
  }
})
