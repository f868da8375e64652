import type { Context } from 'hono'
import type { Problem } from '#contract/problem.ts'
import type { Part } from '../open311/to-xml.ts'
import { toXml } from '../open311/to-xml.ts'

export const open311Path = /^\/open311\//

/** How lists inside of an answer name their items in XML. */
const itemNames = { attributes: 'attribute', values: 'value' }

/** The format that the path asks for by its ending; JSON where it has none. */
export function isXml(c: Context): boolean {
  return c.req.path.endsWith('.xml')
}

/** A list in both formats: `[…]`, or `<root><item>…</item></root>`. */
export function answerList(c: Context, root: string, item: string, parts: readonly Part[], status: 200 | 201 | 400 | 403 | 404 | 409 | 413 | 415 | 429 | 500 | 503 = 200, headers: Record<string, string> = {}): Response {
  return isXml(c)
    ? c.body(toXml(root, item, parts, itemNames), status, { ...headers, 'Content-Type': 'text/xml; charset=utf-8' })
    : c.body(JSON.stringify(parts), status, { ...headers, 'Content-Type': 'application/json; charset=utf-8' })
}

export function answerErrors(c: Context, code: Parameters<typeof answerList>[4] & number, descriptions: readonly string[], members: Record<string, string> = {}, headers: Record<string, string> = {}): Response {
  return answerList(c, 'errors', 'error', descriptions.map(description => ({ code, description, ...members })), code, { ...headers, 'Cache-Control': 'no-store' })
}

/** A failed request in the specification's shape: 403 for a key that is missing or wrong, 400 for values, 404 for what is not there. */
export function answerAsOpen311(c: Context, { problem, headers }: { problem: Problem & Record<string, unknown>, headers: Record<string, string> }): Response {
  const { status, title, detail, errors, type } = problem
  const code = status === 401
    ? 403
    : status === 422 || status === 405 || status === 421
      ? 400
      : status as 400
  const said = status === 401
    ? ['api_key was not provided, or is not valid']
    : errors?.map(({ path, message }) => `${path}: ${message}`) ?? [detail ?? title]
  return answerErrors(c, code, said, { type }, headers)
}
