import type { Datum } from '#contract/geometry.ts'
import type { ImportChange, ImportColumns, ImportLine, ImportReject, ImportSum } from '#contract/import.ts'
import { computed, onScopeDispose, shallowReactive, shallowRef } from 'vue'
import { ApiProblem, problemOf } from '../../api.ts'
import { readLines } from './read-lines.ts'

/** choose a file → match its columns → see what would change (trial) → it is done */
export type ImportStep = 'choose' | 'match' | 'trial' | 'done'

const binary = { 'content-type': 'application/octet-stream' }

/** One file of another system's cases on its way in. Nothing is written before `apply`. */
export function useImport() {
  const step = shallowRef<ImportStep>('choose')
  const file = shallowRef<File | null>(null)
  const columns = shallowRef<ImportColumns | null>(null)
  const map = shallowReactive<Record<string, string>>({})
  const crs = shallowRef<Datum>('wgs84')
  /** 0–1 while the file is read */
  const progress = shallowRef<{ share: number, rows: number } | null>(null)
  const failure = shallowRef<string | null>(null)
  const changes = shallowRef<ImportChange[]>([])
  const rejects = shallowRef<ImportReject[]>([])
  const sum = shallowRef<ImportSum | null>(null)
  let asked = new AbortController()

  const isBusy = computed(() => progress.value !== null)
  const missing = computed(() => columns.value?.fields.filter(({ field, isRequired }) => isRequired && !map[field]).map(({ field }) => field) ?? [])

  async function send(path: string): Promise<Response | null> {
    asked.abort()
    asked = new AbortController()
    failure.value = null
    progress.value = { share: 0, rows: 0 }
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: binary,
        body: file.value,
        signal: asked.signal,
      })
      if (!response.ok)
        throw new ApiProblem(await problemOf(response))
      return response
    }
    catch (error) {
      progress.value = null
      if (!asked.signal.aborted)
        failure.value = wordsOf(error)
      return null
    }
  }

  /** Which columns it has and what they seem to be. */
  async function choose(chosen: File) {
    file.value = chosen
    const response = await send('/api/v1/imports/cases/columns')
    if (!response)
      return
    const found = await response.json() as ImportColumns
    columns.value = found
    crs.value = found.crs
    for (const { field, header } of found.fields)
      map[field] = header ?? ''
    progress.value = null
    step.value = 'match'
  }

  async function run(dryRun: boolean) {
    changes.value = []
    rejects.value = []
    sum.value = null
    const query = new URLSearchParams({
      map: JSON.stringify(map),
      crs: crs.value,
      dryRun: String(dryRun),
    })
    const response = await send(`/api/v1/imports/cases?${query}`)
    if (!response)
      return
    const said = { changes: [] as ImportChange[], rejects: [] as ImportReject[] }
    try {
      for await (const line of readLines<ImportLine>(response.body!)) {
        if ('progress' in line) {
          // The file is read twice: once to find placeholders for “nowhere”, once to load.
          const share = line.progress.bytes / line.progress.total / 2
          progress.value = {
            share: line.progress.stage === 'check'
              ? share
              : 0.5 + share,
            rows: line.progress.rows,
          }
        }
        else if ('change' in line) {
          said.changes.push(line.change)
        }
        else if ('reject' in line) {
          said.rejects.push(line.reject)
        }
        else if ('failed' in line) {
          failure.value = line.failed
        }
        else {
          sum.value = line.summary
        }
      }
      if (!sum.value && !failure.value)
        failure.value = '' // broken off without a last word
    }
    catch (error) {
      if (asked.signal.aborted)
        return
      failure.value = wordsOf(error)
    }
    finally {
      progress.value = null
    }
    changes.value = said.changes
    rejects.value = said.rejects
    if (sum.value) {
      step.value = dryRun
        ? 'trial'
        : 'done'
    }
  }

  function restart() {
    asked.abort()
    file.value = null
    columns.value = null
    sum.value = null
    failure.value = null
    progress.value = null
    for (const field of Object.keys(map))
      delete map[field]
    step.value = 'choose'
  }
  onScopeDispose(() => asked.abort())

  return {
    step,
    file,
    columns,
    map,
    crs,
    progress,
    failure,
    changes,
    rejects,
    sum,
    isBusy,
    missing,
    choose,
    tryOut: () => run(true),
    apply: () => run(false),
    back: () => step.value = 'match',
    restart,
  }
}

function wordsOf(error: unknown): string {
  return error instanceof ApiProblem
    ? error.problem.status === 413
      ? '文件超过 20 MB，请拆分，或用命令行导入 · The file is larger than 20 MB: split it, or import it by the command line.'
      : error.problem.detail ?? error.problem.title
    : String(error)
}
