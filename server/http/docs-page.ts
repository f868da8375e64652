import type { OpenAPIHono } from '@hono/zod-openapi'

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>
type Operation = NonNullable<NonNullable<Document['paths']>[string]['get']>
type Schema = Record<string, unknown>

const methods = [
  'get',
  'post',
  'patch',
  'put',
  'delete',
] as const

/** The document of /openapi.json as a page that needs no script and nothing from outside. */
export function docsPage(document: Document): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap(method => item[method]
      ? [
          { path, method, operation: item[method] as Operation },
        ]
      : []))
  const tags = [
    ...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? '')),
  ]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(document.info.title)} · HTTP API</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/docs/style.css">
<main>
<h1>${escape(document.info.title)} · HTTP API</h1>
<p>${escape(document.info.description ?? '')}</p>
<p>Machine-readable: <a href="/openapi.json">/openapi.json</a></p>
${tags.map(tag => `<h2>${escape(tag)}</h2>${operations.filter(({ operation }) => operation.tags?.[0] === tag).map(operationPart).join('')}`).join('')}
<h2>schemas</h2>
${Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => schemaPart(name, schema as Schema)).join('')}
</main>
</html>
`
}

function operationPart({ path, method, operation }: { path: string, method: string, operation: Operation }): string {
  const parameters = (operation.parameters ?? []) as { name: string, in: string, required?: boolean, description?: string, schema?: Schema }[]
  const body = operation.requestBody as { content?: Record<string, { schema?: Schema }> } | undefined
  const rows = parameters.map(({ name, in: where, required, description, schema = {} }) =>
    `<tr><td><code>${escape(name)}</code>${required ? ' *' : ''}<td>${escape(where)}<td>${typeText(schema)}<td>${escape(description ?? String(schema.description ?? ''))}`)
  const answers = Object.entries(operation.responses as Record<string, { description?: string, content?: Record<string, { schema?: Schema }> }>)
    .map(([status, { description, content = {} }]) => `<tr><td>${escape(status)}<td>${mediaText(content)}<td>${escape(description ?? '')}`)
  return `<details><summary><b>${method.toUpperCase()}</b> <code>${escape(path)}</code> <span>${escape(operation.summary ?? '')}</span></summary>
${rows.length > 0
  ? `<table><tr><th>parameter<th>in<th>type<th>meaning${rows.join('')}</table>`
  : ''}
${body?.content
  ? `<p>Body: ${mediaText(body.content)}</p>`
  : ''}
<table><tr><th>answer<th>type<th>meaning${answers.join('')}</table>
</details>
`
}

function schemaPart(name: string, schema: Schema): string {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
  const required = new Set((schema.required ?? []) as string[])
  const rows = properties.map(([property, inner]) =>
    `<tr><td><code>${escape(property)}</code>${required.has(property)
      ? ' *'
      : ''}<td>${typeText(inner)}<td>${escape(String(inner.description ?? ''))}`)
  return `<details id="${escape(name)}"><summary><code>${escape(name)}</code> <span>${escape(String(schema.description ?? ''))}</span></summary>
${rows.length > 0
  ? `<table><tr><th>property<th>type<th>meaning${rows.join('')}</table>`
  : `<p>${typeText(schema)}</p>`}
</details>
`
}

function mediaText(content: Record<string, { schema?: Schema }>): string {
  return Object.entries(content).map(([media, { schema }]) => `<code>${escape(media)}</code> ${schema
    ? typeText(schema)
    : ''}`).join(', ')
}

/** A schema in one line: names of components link to them. */
function typeText(schema: Schema): string {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
    return `<a href="#${escape(name)}">${escape(name)}</a>`
  }
  for (const join of ['anyOf', 'oneOf', 'allOf']) {
    if (Array.isArray(schema[join])) {
      return (schema[join] as Schema[]).map(typeText).join(join === 'allOf'
        ? ' &amp; '
        : ' | ')
    }
  }
  if (Array.isArray(schema.enum))
    return schema.enum.map(value => `<code>${escape(JSON.stringify(value))}</code>`).join(' | ')
  if (schema.const !== undefined)
    return `<code>${escape(JSON.stringify(schema.const))}</code>`
  if (schema.type === 'array') {
    return `array of ${schema.items
      ? typeText(schema.items as Schema)
      : 'anything'}`
  }
  const limits = [
    'format',
    'pattern',
    'minimum',
    'maximum',
    'minLength',
    'maxLength',
    'default',
  ]
    .filter(name => schema[name] !== undefined)
    .map(name => ` ${name} <code>${escape(JSON.stringify(schema[name]))}</code>`)
  return `${escape([schema.type].flat().filter(Boolean).join(' | ') || 'anything')}${limits.join(',')}`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}

export const docsStyle = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 0; }
main { max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
h2 { margin: 2rem 0 .5rem; border-bottom: 1px solid; }
details { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .35rem 0; }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 3.75rem; }
table { border-collapse: collapse; margin: .5rem 0; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .2rem .75rem .2rem 0; overflow-wrap: anywhere; }
code { font-size: .93em; }
`
