import type { WalkRecords } from '#coverage/records.ts'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { limitOf, secondsAt } from '#coverage/building-times.ts'
import { localFrame, segmentMetres } from '#coverage/local-metres.ts'
import { defaultLinkSettings, defaultSettings } from '#coverage/settings.ts'
import { buildStreetGraph, packStreetGraph } from '#coverage/street-graph.ts'
import { createWalkSearcher } from '#coverage/walk-search.ts'
import { paceOf } from '#coverage/walker.ts'
import { osmRecords } from '../world/osm-records.ts'
import { ifMissing, sharedData } from '../world/shared-data.ts'

const pgRouting = sharedData('partial-edges-pgrouting/sample.json')
const networks = ['osm-beijing-tsinghua/thu.osm', 'osm-monaco/monaco.osm.gz']

describe('results that others published or that a slow, obvious program finds too', () => {
  it.skipIf(!existsSync(pgRouting))(`pgRouting's driving distance with points on edges: 13 rows, the cut-off included${ifMissing(pgRouting)}`, () => {
    const sample = JSON.parse(readFileSync(pgRouting, 'utf8'))
    const ids: number[] = [
      ...new Set<number>(sample.edges.flatMap((edge: any) => [edge.source, edge.target])),
    ]
    const graph = packStreetGraph(localFrame(0, 0), {
      x: new Float32Array(ids.length),
      y: new Float32Array(ids.length),
      nodeFlags: new Uint8Array(ids.length),
      ends: Int32Array.from(sample.edges.flatMap((edge: any) => [
        ids.indexOf(edge.source),
        ids.indexOf(edge.target),
      ])),
      // Undirected: an edge open in one direction is open in both.
      metres: Float64Array.from(sample.edges, (edge: any) => Math.max(edge.cost, edge.reverseCost)),
      edgeFlags: new Uint8Array(sample.edges.length),
    })
    const edgeOf = (point: any) => sample.edges.findIndex((edge: any) => edge.id === point.edge)
    const start = sample.points.find((point: any) => point.id === 1)
    const { cutoffInclusive, costs } = sample.undirectedFromPoint1
    const limitSeconds = limitOf(cutoffInclusive / 60)
    const search = createWalkSearcher(graph).run({
      targets: {
        first: Int32Array.of(0, 1),
        edge: Int32Array.of(edgeOf(start)),
        fraction: Float64Array.of(start.fraction),
        metres: Float64Array.of(0),
      },
      facilities: [0],
      pace: paceOf({ ...defaultSettings.walker, speed: 1, stairsSpeed: 1 }),
      limitSeconds,
    })
    const found = [
      ...sample.points.map((point: any) => ({
        point: point.id,
        cost: secondsAt(graph, search, edgeOf(point), point.fraction),
      })),
      ...ids.map((node, v) => ({ node, cost: search.seconds[v]! })),
    ].filter(({ cost }) => cost <= limitSeconds)
    const byName = (rows: any[]) => Object.fromEntries(rows.map(({ node, point, cost }) => [
      node
        ? `node ${node}`
        : `point ${point}`,
      expect.closeTo(cost, 9),
    ]))
    expect(found).toHaveLength(13)
    expect(Object.fromEntries(found.map(({ node, point, cost }: any) => [
      node
        ? `node ${node}`
        : `point ${point}`,
      cost,
    ]))).toEqual(byName(costs))
  })

  for (const name of networks) {
    const file = sharedData(name)
    it.skipIf(!existsSync(file))(`a plain Dijkstra over all nodes of ${name}, to 1e-6 s${ifMissing(file)}`, async () => {
      const records = await osmRecords(file)
      const { graph, nodeOf } = buildStreetGraph(records.streets, records.points, localFrame(116.3, 40), defaultLinkSettings.at)
      const walker = { ...defaultSettings.walker, crossingSeconds: 5 }
      const searcher = createWalkSearcher(graph)
      const idOf = new Map([...nodeOf].map(([id, node]) => [node, id]))
      for (const share of [0.1, 0.5, 0.9]) {
        const edge = Math.floor(share * graph.edgeCount)
        const start = graph.ends[2 * edge]!
        const search = searcher.run({
          targets: {
            first: Int32Array.of(0, 1),
            edge: Int32Array.of(edge),
            fraction: Float64Array.of(0),
            metres: Float64Array.of(0),
          },
          facilities: [0],
          pace: paceOf(walker),
          limitSeconds: Infinity,
        })
        const expected = plainDijkstra(records, idOf.get(start)!, walker)
        expect(expected.size).toBeGreaterThan(100)
        let worst = 0
        for (const [id, node] of nodeOf) {
          const [ours, theirs] = [search.seconds[node]!, expected.get(id) ?? Infinity]
          worst = Math.max(worst, ours === theirs
            ? 0
            : Math.abs(ours - theirs))
        }
        expect(worst).toBeLessThan(1e-6)
      }
    })
  }
})

/** Seconds that people at each node take to `goal`; no heap, no arrays, straight from the records. */
function plainDijkstra(records: WalkRecords, goal: number, walker: typeof defaultSettings.walker): Map<number, number> {
  const points = new Map(records.points.map(point => [point.id, point]))
  const waitAt = (id: number) => points.get(id)?.kind === 'crossing'
    ? walker.crossingSeconds
    : 0
  const isShut = (id: number) => points.get(id)?.passable === false
  // into.get(b) = the places from which one walks straight to b
  const into = new Map<number, { from: number, seconds: number }[]>()
  const addWalk = (from: number, to: number, seconds: number) => {
    if (!isShut(from) && !isShut(to)) {
      into.set(to, [
        ...into.get(to) ?? [],
        { from, seconds },
      ])
    }
  }
  for (const { stairs, onewayFoot, nodes, lngs, lats } of records.streets.filter(street => street.foot)) {
    for (let i = 1; i < nodes.length; i++) {
      const seconds = segmentMetres(lngs[i - 1]!, lats[i - 1]!, lngs[i]!, lats[i]!) / (stairs ? walker.stairsSpeed : walker.speed)
      if (onewayFoot >= 0)
        addWalk(nodes[i - 1]!, nodes[i]!, seconds)
      if (onewayFoot <= 0)
        addWalk(nodes[i]!, nodes[i - 1]!, seconds)
    }
  }
  const done = new Map<number, number>()
  const open = new Map([
    [
      goal,
      waitAt(goal),
    ],
  ])
  while (open.size > 0) {
    const [node, seconds] = [...open].reduce((least, entry) => entry[1] < least[1]
      ? entry
      : least)
    open.delete(node)
    done.set(node, seconds)
    for (const { from, seconds: walk } of into.get(node) ?? []) {
      if (!done.has(from))
        open.set(from, Math.min(open.get(from) ?? Infinity, seconds + walk + waitAt(from)))
    }
  }
  return done
}
