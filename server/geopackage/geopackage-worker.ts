import type { PlanLayers } from '#contract/plan-file.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { writeGeoPackage } from './write-geopackage.ts'

/** The thread of one GeoPackage: answers with the file and is gone. */
const bytes = writeGeoPackage(workerData as PlanLayers)
parentPort!.postMessage(new Uint8Array(bytes))
