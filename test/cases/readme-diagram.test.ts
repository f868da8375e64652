import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { transitions } from '../../server/cases/transitions.ts'

const readme = new URL('../../README.md', import.meta.url)
const names: Record<string, string> = {
  'registered': '受理',
  'dispatched': '已派单',
  'accepted': '已签收',
  'return-requested': '申请退单',
  'in-progress': '办理中',
  'extension-requested': '申请延期',
  'resolved': '已办结',
  'reopened': '重办',
  'suspended': '挂账',
  'closed': '已销号',
  'archived': '已归档',
  'merged': '已并单',
}

/** The table as a Mermaid state diagram: one arrow from a state to another with all that leads there; what leaves a state as it is stands below. */
function diagram(): string {
  const arrows = new Map<string, Set<string>>()
  const staying = new Set<string>()
  for (const { from, to, name } of transitions) {
    if (to === 'unchanged') {
      staying.add(name.replaceAll(':', ''))
      continue
    }
    for (const state of from) {
      const arrow = `${idOf(state)} --> ${idOf(to)}`
      arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(name.replaceAll(':', '')))
    }
  }
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...Object.entries(names).map(([state, name]) => `  ${idOf(state)}: ${name}`),
    '  [*] --> registered',
    ...[...arrows].map(([arrow, actions]) => `  ${arrow}: ${[...actions].join('、')}`),
    '  archived --> [*]',
    '```',
    '',
    `状态不变的动作：${[...staying].join('、')}。`,
  ].join('\n')
}

/** Mermaid takes a dash for part of an arrow. */
function idOf(state: string): string {
  return state.replaceAll('-', '_')
}

it('every state of the table has its name on the diagram', () => {
  const states = transitions.flatMap(({ from, to }) => [...from, to]).filter(state => state !== 'unchanged')
  expect([
    ...new Set(states),
  ].filter(state => !names[state])).toEqual([])
})

it('the README shows the table of transitions as it is; when this fails on purpose, run this file with --update', async () => {
  const text = await readFile(readme, 'utf8')
  expect(text).toContain('<!-- states -->')
  const told = text.replace(/<!-- states -->[\s\S]*<!-- \/states -->/, `<!-- states -->\n${diagram()}\n<!-- /states -->`)
  await expect(told).toMatchFileSnapshot(readme.pathname)
})
