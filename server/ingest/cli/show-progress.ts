import type { ImportProgress } from '../import-request.ts'
import process from 'node:process'
import { Presets, SingleBar } from 'cli-progress'

const stages: Record<ImportProgress['stage'], string> = {
  check: '检查 checking',
  load: '载入 loading ',
  place: '归属 placing ',
}

/** A bar on a terminal, else a line every tenth of the file. */
export function showProgress(totalBytes: number): { update: (progress: ImportProgress) => void, end: () => void } {
  return process.stdout.isTTY
    ? bar(totalBytes)
    : lines(totalBytes)
}

function bar(totalBytes: number) {
  let stage: ImportProgress['stage'] | null = null
  const shown = new SingleBar({ format: '{stage} [{bar}] {percentage}% · {rows}', hideCursor: true, clearOnComplete: true }, Presets.rect)
  return {
    update(progress: ImportProgress) {
      if (stage === null)
        shown.start(totalBytes, 0, { stage: '', rows: 0 })
      stage = progress.stage
      shown.update(progress.stage === 'place'
        ? totalBytes
        : Math.min(progress.bytes, totalBytes), { stage: stages[progress.stage], rows: progress.rows })
    },
    end() {
      if (stage !== null)
        shown.stop()
    },
  }
}

function lines(totalBytes: number) {
  let stage: ImportProgress['stage'] | null = null
  let tenths = -1
  return {
    update(progress: ImportProgress) {
      if (progress.stage !== stage)
        tenths = -1
      stage = progress.stage
      const now = progress.stage === 'place'
        ? 10
        : Math.floor(progress.bytes / totalBytes * 10)
      if (now <= tenths)
        return
      tenths = now
      process.stdout.write(`${stages[progress.stage]} ${now * 10} % · ${progress.rows}\n`)
    },
    end() {},
  }
}
