import type { Context } from 'hono'
import { answerErrors, open311Path } from './open311-answer.ts'
import { answerProblem, ProblemError } from './problem.ts'

const page = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>404 · 没有这个页面</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/docs/style.css">
<main>
<h1>没有这个页面</h1>
<p lang="en">There is no such page.</p>
<p><a href="/">返回首页 · Home</a></p>
</main>
</html>
`

/** A person gets a page, a program gets problem details. */
export function notFound(c: Context): Response | Promise<Response> {
  const isPerson = c.req.header('Accept')?.includes('text/html') && !c.req.path.startsWith('/api/')
  if (open311Path.test(c.req.path))
    return answerErrors(c, 404, ['There is nothing here; see https://wiki.open311.org/GeoReport_v2'])
  return isPerson
    ? c.html(page, 404, { 'Cache-Control': 'no-store' })
    : answerProblem(c, new ProblemError('not-found'))
}
