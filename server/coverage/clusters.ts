import type { Buildings } from './buildings.ts'
import type { LocalFrame } from './local-metres.ts'
import Flatbush from 'flatbush'
import { eastOf, northOf } from './local-metres.ts'

/** Missed buildings whose middles lie so near to each other are one cluster, metres. */
export const clusterMetres = 80

/** Groups of missed buildings that lie together. They are kept up by looking only at those that change and their neighbours. */
export interface Clusters {
  /** members of each cluster, by its number */
  members: ReadonlyMap<number, readonly number[]>
  /** The cluster in which a missed building is; -1 = it is not missed. */
  of: (building: number) => number
  /** Takes in who has become missed and lets go who no longer is. */
  change: (missed: Iterable<number>, reached: Iterable<number>) => ClusterChange
}

/** Numbers of the clusters that came apart and of those that were made of their parts; one number is never given twice. */
export interface ClusterChange { gone: number[], made: number[] }

export function createClusters(buildings: Buildings, frame: LocalFrame): Clusters {
  const { count, aged60, lngs, lats } = buildings
  const x = Float64Array.from(lngs, lng => eastOf(frame, lng))
  const y = Float64Array.from(lats, lat => northOf(frame, lat))
  const homes = [
    ...aged60.keys(),
  ].filter(b => aged60[b]! > 0)
  const index = homes.length > 0
    ? new Flatbush(homes.length, 16, Float64Array)
    : null
  for (const b of homes)
    index!.add(x[b]!, y[b]!, x[b]!, y[b]!)
  index?.finish()

  const missing = new Uint8Array(count)
  const clusterOf = new Int32Array(count).fill(-1)
  const members = new Map<number, number[]>()
  let next = 0

  function neighbours(b: number): number[] {
    const near: number[] = []
    for (const i of index?.search(x[b]! - clusterMetres, y[b]! - clusterMetres, x[b]! + clusterMetres, y[b]! + clusterMetres) ?? []) {
      const other = homes[i]!
      if (other !== b && missing[other] && Math.hypot(x[other]! - x[b]!, y[other]! - y[b]!) <= clusterMetres)
        near.push(other)
    }
    return near
  }

  function change(missed: Iterable<number>, reached: Iterable<number>): ClusterChange {
    const loose = new Set<number>()
    const gone: number[] = []
    const made: number[] = []
    const dissolve = (cluster: number) => {
      gone.push(cluster)
      for (const b of members.get(cluster) ?? []) {
        clusterOf[b] = -1
        loose.add(b)
      }
      members.delete(cluster)
    }
    for (const b of reached) {
      missing[b] = 0
      if (clusterOf[b]! >= 0)
        dissolve(clusterOf[b]!)
    }
    for (const b of missed) {
      missing[b] = aged60[b]! > 0
        ? 1
        : 0
      if (!missing[b])
        continue
      loose.add(b)
    }
    for (const b of [...loose]) {
      for (const other of missing[b]
        ? neighbours(b)
        : []) {
        if (clusterOf[other]! >= 0)
          dissolve(clusterOf[other]!)
      }
    }
    for (const start of loose) {
      if (!missing[start] || clusterOf[start]! >= 0)
        continue
      const cluster = next++
      const found = [start]
      clusterOf[start] = cluster
      for (let i = 0; i < found.length; i++) {
        for (const other of neighbours(found[i]!)) {
          if (clusterOf[other]! < 0) {
            clusterOf[other] = cluster
            found.push(other)
          }
        }
      }
      members.set(cluster, found)
      made.push(cluster)
    }
    return { gone, made }
  }

  return {
    members,
    of: b => clusterOf[b]!,
    change,
  }
}
