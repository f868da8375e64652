import type { Case } from '#contract/case.ts'
import type { Feature } from '#contract/geometry.ts'
import { expect, it } from 'vitest'
import { countQueue, queueLines } from '../../client/duty/queue.ts'

const now = Date.parse('2026-03-18T10:00:00+08:00')
const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString()

function aCase(id: string, properties: Partial<Case>): Feature {
  return {
    type: 'Feature',
    id,
    geometry: null,
    properties: {
      id,
      status: 'registered',
      content: '',
      address: null,
      reportedAt: at(-5),
      dueAt: null,
      closedAt: null,
      ...properties,
    },
  }
}

const cases = [
  aCase('soon', {
    dueAt: at(1),
    content: '电梯停运第三天',
  }),
  aCase('over', {
    dueAt: at(-2),
    status: 'in-progress',
    address: '南区 6 号楼',
  }),
  aCase('most-over', {
    dueAt: at(-9),
    status: 'in-progress',
  }),
  aCase('called', {
    dueAt: at(-9),
    status: 'resolved',
  }),
  aCase('gone', { status: 'closed' }),
]
function shown(filter: 'all' | 'waiting' | 'working' | 'review', search = '') {
  return queueLines(cases, { filter, search }, now).map(line => 'heading' in line
    ? `[${line.heading} ${line.count}]`
    : line.feature.id)
}

it('the queue begins with the longest overdue and ends with what no clock runs for', () => {
  expect(shown('all')).toEqual([
    '[overdue 2]',
    'most-over',
    'over',
    '[within2 1]',
    'soon',
    '[none 1]',
    'called',
  ])
})

it('a filter shows one stage and its count says how many', () => {
  expect(shown('working')).toEqual(['[overdue 2]', 'most-over', 'over'])
  expect(countQueue(cases)).toEqual({
    all: 4,
    waiting: 1,
    working: 2,
    review: 1,
  })
})

it('a search finds by number, address and text, all words of it', () => {
  expect(shown('all', '南区 6')).toEqual(['[overdue 1]', 'over'])
  expect(shown('all', '电梯')).toEqual(['[within2 1]', 'soon'])
  expect(shown('all', 'SOON')).toEqual(['[within2 1]', 'soon'])
  expect(shown('all', '电梯 南区')).toEqual([])
})
