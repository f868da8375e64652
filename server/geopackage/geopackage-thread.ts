import type { PlanLayers } from '#contract/plan-file.ts'
import { Worker } from 'node:worker_threads'

/** As many at once as this process has threads to spare for. */
const mostAtOnce = 2
const mostMegabytes = 512
let running = 0

/** Writes the file in a thread of its own, since SQLite would keep every screen waiting; null = others are being written. */
export async function geoPackageOf(layers: PlanLayers): Promise<Uint8Array<ArrayBuffer> | null> {
  if (running >= mostAtOnce)
    return null
  running++
  const worker = new Worker(new URL('./geopackage-worker.ts', import.meta.url), {
    workerData: layers,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    // node:sqlite says on every start that it may still change.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  try {
    return await new Promise((resolve, reject) => {
      worker.on('message', resolve)
      worker.on('error', reject)
      worker.on('exit', () => reject(new Error('the thread of a GeoPackage ended')))
    })
  }
  finally {
    running--
  }
}
