import type { FromSitingWorker, ToSitingWorker } from './plan-messages.ts'
import loadHighs from 'highs'
import wasmUrl from 'highs/runtime?url'
import { solveSiting } from '#coverage/siting/solve.ts'

/** Looks for the best choice of sites, and tells how far it has come. Cancelled by ending the worker. */

const say = (message: FromSitingWorker) => postMessage(message)

addEventListener('message', async ({ data: { problem, question } }: MessageEvent<ToSitingWorker>) => {
  try {
    const highs = await loadHighs({
      locateFile: () => wasmUrl,
    })
    say({
      solved: solveSiting(highs, problem, question, {
        onProgress: progress => say({ progress }),
      }),
    })
  }
  catch (error) {
    say({
      failed: String(error),
    })
  }
})
