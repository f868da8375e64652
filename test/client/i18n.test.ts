import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { messages } from '../../client/i18n/index.ts'

const client = resolve(import.meta.dirname, '../../client')
const sources = globSync('**/*.{vue,ts}', { cwd: client, exclude: ['i18n/**'] }).map(path => readFileSync(resolve(client, path), 'utf8'))

/** `wall.today.title` → text, for every text of a language. */
function flatten(node: object, path = ''): Record<string, string> {
  return Object.assign({}, ...Object.entries(node).map(([key, value]) => typeof value === 'string' ? { [path + key]: value } : flatten(value, `${path}${key}.`)))
}

const zh = flatten(messages['zh-CN'])
const en = flatten(messages.en)
const section = new RegExp(`['"\`]((?:${Object.keys(messages['zh-CN']).join('|')})\\.[\\w.-]*)(['"\`]|\\$\\{)`, 'g')
const used = sources.flatMap(source => [...source.matchAll(section)].map(([, key, end]) => ({ key: key!, whole: end !== '${' })))

test('Chinese and English have the same keys', () => {
  expect(Object.keys(en)).toEqual(Object.keys(zh))
})

test('both name the same values in their texts', () => {
  const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()
  expect(Object.keys(zh).filter(key => names(zh[key]!).join() !== names(en[key]!).join())).toEqual([])
})

test('no text uses a sign that vue-i18n takes as its own', () => {
  expect(Object.entries({ ...zh, ...en }).filter(([, text]) => /[@|]/.test(text))).toEqual([])
})

test('every text that a screen asks for exists', () => {
  const known = Object.keys(zh)
  const missing = used.filter(({ key, whole }) => whole ? !(key in zh) : !known.some(name => name.startsWith(key)))
  expect(missing.map(({ key }) => key)).toEqual([])
})

test('every text is asked for by some screen', () => {
  const asked = (name: string) => used.some(({ key, whole }) => whole ? key === name : name.startsWith(key))
  expect(Object.keys(zh).filter(name => !asked(name))).toEqual([])
})
