import { afterEach, expect, it, vi } from 'vitest'
import { ApiProblem } from '../../client/api.ts'
import { fileFault, sendFile } from '../../client/duty/act/send-file.ts'

afterEach(() => void vi.unstubAllGlobals())

function answering(status: number, body: object = {}) {
  const fetch = vi.fn(async () => new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  }))
  vi.stubGlobal('fetch', fetch)
  return fetch
}
const faultOf = async (file: File) => fileFault(await sendFile(file).then(() => expect.unreachable(), (error: unknown) => error as ApiProblem))

it('a file of 100 MB is not sent at all, and told as too large', async () => {
  const fetch = answering(201)
  expect(await faultOf(new File([
    new Uint8Array(100 * 1024 * 1024),
  ], 'film.pdf', { type: 'application/pdf' }))).toBe('large')
  expect(fetch).not.toHaveBeenCalled()
})

it.each([
  [413, 'large'],
  [415, 'type'],
  [422, 'damaged'],
  [503, 'unreachable'],
] as const)('what the server answers with %i is told as %s', async (status, fault) => {
  answering(status)
  expect(await faultOf(new File(['MZ'], 'a.exe'))).toBe(fault)
})

it('a line that is down is told as such', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('gone')))
  const error = await sendFile(new File(['%PDF-'], 'a.pdf', { type: 'application/pdf' })).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ApiProblem)
  expect(fileFault(error as ApiProblem)).toBe('unreachable')
})
