import type { Problem } from '#contract/problem.ts'
import { doubtSession } from './state/session-doubt.ts'

/** A request that the server answered with a problem (RFC 9457), or that did not get through (`status` 0). */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
}

/** Gets JSON from our own server. Rejects with `ApiProblem`; an aborted request rejects with the signal's reason. */
export async function getJson<T>(path: string, options: { signal?: AbortSignal } = {}): Promise<T> {
  const response = await fetch(path, {
    headers: { accept: 'application/json' },
    ...options,
  }).catch((error) => {
    options.signal?.throwIfAborted()
    throw new ApiProblem({
      type: 'urn:huizhi:problem:unreachable',
      title: String(error),
      status: 0,
    })
  })
  if (response.ok)
    return await response.json() as T
  throw new ApiProblem(await problemOf(response))
}

/** Sends JSON to our own server; undefined where the answer has no content. Rejects as `getJson` does. */
export async function sendJson<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: { 'accept': 'application/json', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }).catch((error) => {
    throw new ApiProblem({
      type: 'urn:huizhi:problem:unreachable',
      title: String(error),
      status: 0,
    })
  })
  if (response.status === 204)
    return undefined as T
  if (response.ok)
    return await response.json() as T
  throw new ApiProblem(await problemOf(response))
}

export async function problemOf(response: Response): Promise<Problem> {
  if (response.status === 401 || response.status === 403)
    doubtSession('refused')
  const plain: Problem = { type: 'about:blank', title: response.statusText || String(response.status), status: response.status }
  if (!response.headers.get('content-type')?.includes('json'))
    return plain
  return {
    ...plain,
    ...await response.json().catch(() => ({})) as Partial<Problem>,
  }
}
