export type CsvCell = string | number | null

/** UTF-8 with this at its beginning is read as such by Excel and WPS. */
export const byteOrderMark = '\uFEFF'

export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP: CSV injection). */
function cell(value: CsvCell): string {
  if (typeof value === 'number')
    return String(value)
  const text = value ?? ''
  const safe = /^\s*[=+\-@\t\r\n|%＝＋－＠]/.test(text)
    ? `'${text}`
    : text
  return /[",\r\n]/.test(safe)
    ? `"${safe.replaceAll('"', '""')}"`
    : safe
}

/** A body is sent as bytes: a stream of texts would break off at its first. */
export async function* bytesOf(parts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const part of parts)
    yield encoder.encode(part)
}
