import type { ImportLine, ImportSum } from '#contract/import.ts'
import type { TableLook } from '../look-at-table.ts'
import type { TableFile, TableOptions } from './table-task.ts'
import { Worker } from 'node:worker_threads'
import { UnusableInput } from '../import-request.ts'

/** Reads files of cases that came over the network. Both throw UnusableInput, or TooBusy. */
export interface TableReader {
  look: (file: TableFile) => Promise<TableLook>
  run: (file: TableFile, options: TableOptions, tell: (line: ImportLine) => void, signal?: AbortSignal) => Promise<ImportSum>
}

export class TooBusy extends Error {
  override name = 'TooBusy'
}

type Reply = { line: ImportLine } | { answer: unknown } | { unusable: string }

const mostAtOnce = 2
// A workbook of 20 MiB takes some 300 MB; one that takes more must not take the server with it.
const mostMegabytes = 1500

/**
 * A workbook is read in one go and an address costs two milliseconds: a file has a thread of its own, so that no screen waits
 * for it. What a broken-off trial had in hand is taken back with its connection.
 */
export function createTableReader(databaseUrl: string): TableReader {
  let running = 0

  async function work(file: TableFile, options: TableOptions | null, tell: (line: ImportLine) => void, signal?: AbortSignal): Promise<unknown> {
    if (running >= mostAtOnce)
      throw new TooBusy('other files are being read')
    running++
    const worker = new Worker(new URL('./table-worker.ts', import.meta.url), {
      workerData: { databaseUrl, file, options },
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    })
    const stop = () => void worker.terminate()
    signal?.addEventListener('abort', stop)
    try {
      return await new Promise((resolve, reject) => {
        worker.on('message', (reply: Reply) => {
          if ('line' in reply)
            tell(reply.line)
          else if ('answer' in reply)
            resolve(reply.answer)
          else
            reject(new UnusableInput(reply.unusable))
        })
        worker.on('error', error => reject((error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new UnusableInput('文件展开后过大，请另存为 CSV · The file takes too much memory; save it as CSV.')
          : error))
        worker.on('exit', () => reject(new Error('the thread of an import ended')))
      })
    }
    finally {
      running--
      signal?.removeEventListener('abort', stop)
    }
  }

  return {
    look: file => work(file, null, () => {}) as Promise<TableLook>,
    run: (file, options, tell, signal) => work(file, options, tell, signal) as Promise<ImportSum>,
  }
}
