/** What an answer is made of, the same for both formats. In XML a list names its items, as `services` does `service`. */
export type Part = string | number | boolean | null | Part[] | { [name: string]: Part }

/** XML as GeoReport v2 has it: every field an element of its name, an empty one for what is not known. */
export function toXml(root: string, item: string, parts: readonly Part[], itemNames: Readonly<Record<string, string>> = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, parts.map(part => element(item, inner(part, itemNames))).join(''))}\n`
}

function inner(part: Part, itemNames: Readonly<Record<string, string>>, name = ''): string {
  if (part === null)
    return ''
  if (Array.isArray(part))
    return part.map(each => element(itemNames[name] ?? 'item', inner(each, itemNames))).join('')
  if (typeof part === 'object')
    return Object.entries(part).map(([name, each]) => element(name, inner(each, itemNames, name))).join('')
  return escaped(String(part))
}

function element(name: string, content: string): string {
  return content === ''
    ? `<${name}/>`
    : `<${name}>${content}</${name}>`
}

/** Also without the characters that XML 1.0 cannot hold at all. */
function escaped(text: string): string {
  return text
    // eslint-disable-next-line no-control-regex
    .replace(/[\x00-\x08\v\f\x0E-\x1F\uFFFE\uFFFF]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
