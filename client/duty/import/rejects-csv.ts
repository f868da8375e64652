import type { ImportReject } from '#contract/import.ts'

/** Rejected rows as CSV that Excel takes for UTF-8: line and reason, then the row as it came. Mended, it can be imported itself. */
export function rejectsCsv(rejects: readonly ImportReject[]): string {
  const headers = [
    ...new Set(rejects.flatMap(({ original }) => Object.keys(original))),
  ]
  const rows = rejects.map(({ at, reason, original }) => [
    at,
    reason,
    ...headers.map(header => original[header]),
  ])
  return `\uFEFF${[
    ['line', 'reason', ...headers],
    ...rows,
  ].map(row => row.map(cellOf).join(',')).join('\r\n')}\r\n`
}

function cellOf(value: unknown): string {
  const text = String(value ?? '')
  return /[",\r\n]/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text
}
