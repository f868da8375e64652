import type { DeviceCode, PairingWorld } from '../../client/wall/pair.ts'
import { expect, it } from 'vitest'
import { pair } from '../../client/wall/pair.ts'

/** A server that gives these answers in turn, and what the screen did meanwhile. */
function world(...answers: (Awaited<ReturnType<PairingWorld['post']>>)[]) {
  const asked: string[] = []
  const waited: number[] = []
  const shown: string[] = []
  const told: PairingWorld = {
    async post(path, body) {
      asked.push(`${path} ${(body as { device_code?: string }).device_code ?? ''}`.trim())
      return answers.shift()!
    },
    async sleep(seconds) {
      waited.push(seconds)
    },
    show: state => shown.push(state === 'unreachable'
      ? state
      : state.code.user_code),
  }
  return { told, asked, waited, shown }
}
function code(name: string): DeviceCode {
  return {
    device_code: `d-${name}`,
    user_code: name,
    expires_in: 600,
    interval: 5,
  }
}
function ok(body: object) {
  return {
    status: 200,
    body: { ...body } as Record<string, unknown>,
  }
}
function error(name: string, status = 400) {
  return {
    status,
    body: { error: name },
  }
}

it('a screen shows its code and asks as often as it was told until somebody approves it', async () => {
  const { told, asked, waited, shown } = world(ok(code('AAAA')), error('authorization_pending'), error('authorization_pending'), ok({ access_token: 't' }))
  await pair(told)
  expect(shown).toEqual(['AAAA'])
  expect(waited).toEqual([5, 5, 5])
  expect(asked).toEqual([
    '/device/code',
    '/device/token d-AAAA',
    '/device/token d-AAAA',
    '/device/token d-AAAA',
  ])
})

it('told to slow down, it asks five seconds more seldom from then on', async () => {
  const { told, waited } = world(ok(code('AAAA')), error('slow_down'), error('authorization_pending'), ok({}))
  await pair(told)
  expect(waited).toEqual([5, 10, 10])
})

it('a code that has run out or was refused gives way to a new one', async () => {
  const { told, shown } = world(ok(code('AAAA')), error('expired_token'), ok(code('BBBB')), error('access_denied'), ok(code('CCCC')), ok({}))
  await pair(told)
  expect(shown).toEqual(['AAAA', 'BBBB', 'CCCC'])
})

it('while nobody answers it says so; a code that is already there stays, and is asked for more and more seldom', async () => {
  const { told, shown, waited } = world(null, ok(code('AAAA')), null, error('busy', 503), ok({}))
  await pair(told)
  expect(shown).toEqual(['unreachable', 'AAAA'])
  expect(waited).toEqual([5, 5, 10, 20])
})
