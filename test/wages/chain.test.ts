import { describe, expect, it } from 'vitest'
import { signsOf } from '../../server/wages/chain-signs.ts'
import { faultsOfChain } from '../../server/wages/chain.ts'
import { spellingOf } from '../../server/wages/company-spelling.ts'
import { obligationsOf } from '../../server/wages/obligations.ts'
import { link, wholeChain } from '../world/wages.ts'

const today = '2026-11-24'
const paths = (links: Parameters<typeof faultsOfChain>[0]) => faultsOfChain(links, today).map(({ path }) => path)
const named = (links: ReturnType<typeof wholeChain>) => links.map(party => ({ ...party, companyId: party.company }))
function changed(id: string, said: Parameters<typeof link>[2]) {
  return wholeChain().map(party => party.id === id
    ? {
        ...party,
        ...said,
      }
    : party)
}

describe('a chain', () => {
  it('from the developer down to the crew is in order', () => {
    expect(faultsOfChain(wholeChain(), today)).toEqual([])
  })

  it('that leads back to itself is refused at every link of the cycle, and ends', () => {
    expect(paths([
      link('a', 'b'),
      link('b', 'c'),
      link('c', 'a'),
      link('d', null),
    ])).toEqual(['parties.0.parent', 'parties.1.parent', 'parties.2.parent'])
    expect(paths([
      link('a', 'a'),
    ])).toEqual(['parties.0.parent'])
  })

  it('does not hang on a party that is not there, and has no party twice', () => {
    expect(paths([
      link('a', 'x'),
    ])).toEqual(['parties.0.parent'])
    expect(paths([
      link('a', null),
      link('a', null),
    ])).toEqual(['parties.1.id'])
  })

  it('has one developer, and nobody gets work from further down', () => {
    expect(paths([
      link('a', null, { role: 'developer' }),
      link('b', null, { role: 'developer' }),
    ])).toEqual(['parties.1.role'])
    expect(paths([
      link('a', null, { role: 'labour' }),
      link('b', 'a', { role: 'general-contractor' }),
    ])).toEqual(['parties.1.role'])
  })

  it('has no contract older than the one that it hangs on', () => {
    expect(paths(changed('sub', { signedOn: '2026-01-09' }))).toEqual(['parties.2.signedOn'])
    expect(paths(changed('lab', { signedOn: '2026-11-24' }))).toEqual([])
    expect(paths(changed('lab', { signedOn: '2026-11-25' }))).toEqual(['parties.3.signedOn'])
  })
})

describe('who has to pay', () => {
  it('is the general contractor first, then those who employ, by article 30', () => {
    expect(obligationsOf(wholeChain())).toEqual([
      {
        party: 'gc',
        article: 30,
        duty: 'pays-first',
        because: null,
      },
      {
        party: 'lab',
        article: 30,
        duty: 'employs',
        because: null,
      },
    ])
  })

  it('is also who let work to somebody without qualification, by article 36', () => {
    expect(obligationsOf(changed('sub', { qualified: false }))).toContainEqual({
      party: 'gc',
      article: 36,
      duty: 'let-to-unqualified',
      because: 'sub',
    })
    expect(obligationsOf(changed('gc', { qualified: false }))).toContainEqual({
      party: 'dev',
      article: 36,
      duty: 'let-to-unqualified',
      because: 'gc',
    })
  })
})

describe('signs to look into', () => {
  it('are none in a chain that is in order', () => {
    expect(signsOf(named(wholeChain()))).toEqual([])
  })

  it('are one person who signs for two companies, however it is written', () => {
    const links = named(wholeChain()).map(party => party.id === 'sub'
      ? { ...party, signer: '张 三' }
      : {
          ...party,
          signer: party.id === 'lab'
            ? '张三'
            : '李四',
        })
    expect(signsOf(links.filter(({ id }) => id === 'sub' || id === 'lab'))).toEqual([
      {
        sign: 'same-signer',
        mayBe: ['挂靠', '转包'],
        parties: ['sub', 'lab'],
      },
    ])
    const oneFirm = links.map(party => ({ ...party, companyId: 'same' }))
    expect(signsOf(oneFirm).filter(({ sign }) => sign === 'same-signer')).toEqual([])
  })

  it('are a link that is known to have no qualification, not one of which nobody knows', () => {
    expect(signsOf(named(changed('lab', { qualified: false })))).toMatchObject([
      {
        sign: 'no-qualification',
        parties: ['lab'],
      },
    ])
    expect(signsOf(named(changed('lab', { qualified: null })))).toEqual([])
  })

  it('are three layers of labour, told once and from above', () => {
    const links = [
      ...wholeChain().filter(({ id }) => id !== 'crew'),
      link('lab2', 'lab', { role: 'labour' }),
      link('crew', 'lab2', { role: 'crew' }),
    ]
    expect(signsOf(named(links))).toMatchObject([
      {
        sign: 'labour-layers',
        parties: ['lab', 'lab2', 'crew'],
      },
    ])
  })

  it('are a contract passed on whole by a contractor, not the one that the developer let', () => {
    expect(signsOf(named(changed('sub', { amountYuan: 9_600_000 })))).toMatchObject([
      {
        sign: 'passed-on-whole',
        mayBe: ['转包'],
        parties: ['gc', 'sub'],
      },
    ])
  })
})

it('blanks, brackets and full-width letters make no other company', () => {
  expect(spellingOf('示范建设（一） 公司Ａ')).toBe(spellingOf('示范建设(一)公司a'))
  expect(spellingOf('示范建设一公司')).not.toBe(spellingOf('示范建设二公司'))
})
