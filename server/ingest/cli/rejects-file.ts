import type { Reject } from '../import-request.ts'
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const flushAt = 64 * 1024

/**
 * Rows that were not loaded, with their reasons, beside the input: FILE.rejects.csv for tables (mend it and import it: the two
 * columns in front do no harm), FILE.rejects.jsonl for features and OSM elements. Where the folder cannot be written to, in
 * the temporary folder. There is no file when nothing was rejected; one of an earlier run is removed.
 */
export class RejectsFile {
  readonly #isTable: boolean
  readonly #beside: string
  #path: string
  #file: number | null = null
  #text = ''
  #headers: string[] = []

  constructor(input: string, isTable: boolean) {
    this.#isTable = isTable
    this.#beside = `${input}.rejects.${isTable ? 'csv' : 'jsonl'}`
    this.#path = this.#beside
  }

  write(reject: Reject): void {
    if (this.#file === null)
      this.#open(reject)
    this.#text += this.#isTable
      ? this.#csvLine(reject)
      : `${JSON.stringify({ at: reject.at, reason: reject.reason, original: reject.original })}\n`
    if (this.#text.length > flushAt)
      this.#flush()
  }

  /** @returns where the file is, and whether that is not beside the input; null when there is none */
  close(): { path: string, isElsewhere: boolean } | null {
    if (this.#file === null) {
      if (isOurs(this.#beside))
        rmSync(this.#beside, { force: true })
      return null
    }
    this.#flush()
    closeSync(this.#file)
    this.#file = null
    return { path: this.#path, isElsewhere: this.#path !== this.#beside }
  }

  #open({ original }: Reject): void {
    try {
      this.#file = openSync(this.#path, 'w')
    }
    catch {
      this.#path = join(tmpdir(), `${process.pid}-${basename(this.#beside)}`)
      this.#file = openSync(this.#path, 'w')
    }
    if (this.#isTable) {
      this.#headers = Object.keys(original as object)
      // With the mark, Excel takes it for UTF-8.
      this.#text += `\uFEFF${['line', 'reason', ...this.#headers].map(cellOf).join(',')}\r\n`
    }
  }

  #csvLine({ at, reason, original }: Reject): string {
    const cells = original as Record<string, unknown>
    const more = Object.keys(cells).filter(key => !this.#headers.includes(key)).map(key => cells[key])
    return `${[
      at,
      reason,
      ...this.#headers.map(header => cells[header]),
      ...more,
    ].map(cellOf).join(',')}\r\n`
  }

  #flush(): void {
    writeSync(this.#file!, this.#text)
    this.#text = ''
  }
}

function cellOf(value: unknown): string {
  const text = value === null || value === undefined
    ? ''
    : value instanceof Date
      ? value.toISOString()
      : String(value)
  return /[",\r\n]/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text
}

/** Only a file that an earlier import wrote is removed. */
function isOurs(path: string): boolean {
  if (!existsSync(path))
    return false
  const start = readFileSync(path).subarray(0, 64).toString('utf8')
  return start.startsWith('\uFEFFline,reason') || start.startsWith('{"at":')
}
