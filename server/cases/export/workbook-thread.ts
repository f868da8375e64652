import type { CaseColumn, TableCell } from './case-table.ts'
import { Worker } from 'node:worker_threads'

export interface WorkbookAsked {
  name: string
  columns: CaseColumn[]
}

/** As many workbooks at once as this process has threads to spare for. */
const mostAtOnce = 2
const mostMegabytes = 1500
let running = 0

/** null: so many are being written that another one has to wait. A workbook of 50,000 rows takes seconds to write: a thread of its own does, so that no screen waits for it. */
export function startWorkbook(asked: WorkbookAsked): { add: (rows: TableCell[][]) => void, end: () => Promise<Uint8Array<ArrayBuffer>>, stop: () => void } | null {
  if (running >= mostAtOnce)
    return null
  running++
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), {
    workerData: asked,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  const written = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    worker.on('message', resolve)
    worker.on('error', reject)
    worker.on('exit', () => {
      running--
      reject(new Error('the thread of a workbook ended'))
    })
  })
  written.catch(() => {})
  return {
    add: rows => worker.postMessage(rows),
    end: () => {
      worker.postMessage(null)
      return written
    },
    stop: () => void worker.terminate(),
  }
}
