export type Cell = string | number | boolean | null | undefined

/** UTF-8 with a header line; cells are quoted where they must be. */
export function* csv(header: readonly string[], rows: Iterable<readonly Cell[]>): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let chunk = line(header)
  for (const row of rows) {
    chunk += line(row)
    if (chunk.length > 1 << 16) {
      yield encoder.encode(chunk)
      chunk = ''
    }
  }
  yield encoder.encode(chunk)
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: Cell): string {
  const text = value === null || value === undefined
    ? ''
    : String(value)
  return /[",\r\n]/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text
}
