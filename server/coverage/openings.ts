import type { Ages } from './rates.ts'
import type { Links } from './links.ts'
import type { FacilityRecord } from './records.ts'
import type { CoverageSettings } from './settings.ts'
import type { WalkModel } from './walk-model.ts'
import type { WalkSearch } from './walk-search.ts'
import Flatbush from 'flatbush'
import { limitOf } from './building-times.ts'
import { crossedOwners } from './crossed.ts'
import { createReachCollector } from './facility-reach.ts'
import { linkFacilities } from './link-facilities.ts'
import { latOf, lngOf } from './local-metres.ts'
import { motorRoad, rail, wall, water } from './obstacles.ts'
import { addAges } from './rates.ts'
import { nodeFlag } from './street-graph.ts'
import { createWalkSearcher, stretch } from './walk-search.ts'
import { paceOf } from './walker.ts'

/** What could be opened or built, and whom it would bring within reach. */
export interface Opening {
  /** a closed gate, or a way that is missing: through a wall, over water, a railway or an expressway, or over open ground */
  kind: 'gate' | 'wall' | 'water' | 'rail' | 'road' | 'path'
  /** OSM node id of a gate, and its name */
  gate: number | null
  name: string | null
  /** degrees; the same twice for a gate */
  from: [lng: number, lat: number]
  to: [lng: number, lat: number]
  /** length of what would be built; 0 for a gate */
  metres: number
  /** missed residents aged 60, 70, 80 or more who would be reached: of the gap, and of all */
  people: Ages
  everywhere: number
}

export interface OpeningFinder {
  /** The opening that helps most of the given missed buildings; null = none helps anybody. */
  best: (missed: readonly number[]) => Opening | null
}

/** A way that is missing is at most so long, and has to save a node this much to be tried, seconds. */
const longestWay = 120
const leastGain = 60
/** How many ways near one gap are really tried. */
const mostTries = 24
/** Ends of two tried ways are at least so far apart, metres. */
const apart = 40

const kinds: Record<number, Opening['kind']> = {
  [wall]: 'wall',
  [water]: 'water',
  [rail]: 'rail',
  [motorRoad]: 'road',
}

interface Candidate extends Pick<Opening, 'kind' | 'gate' | 'name' | 'from' | 'to' | 'metres'> {
  /** Streets' points from which one would be with a facility so much sooner: node, its edge and seconds from there. */
  entries: { edge: number, fraction: number, seconds: number }[]
  x: number
  y: number
}

/**
 * Finds what keeps people away, by trying: each closed gate and each short missing way near a gap is opened in turn, and who
 * would then be within the limit is counted. The rest of the town stays as it is.
 */
export function createOpeningFinder(model: WalkModel, facilities: FacilityRecord[], settings: CoverageSettings): OpeningFinder {
  const { graph, buildings, obstacles, frame, gates, links } = model
  const { x, y, ends, metres, edgeFlags, nodeFlags, firstAt, edgesAt } = graph
  const pace = paceOf(settings.walker)
  const limitSeconds = limitOf(settings.minutes)
  const counted = Int32Array.from(facilities.keys()).filter(f => facilities[f]!.open && settings.kinds.includes(facilities[f]!.kind))
  const towards = createWalkSearcher(graph).run({
    targets: linkFacilities(model, facilities).links,
    facilities: counted,
    pace,
    limitSeconds,
  })
  const searcher = createWalkSearcher(graph)
  const collector = createReachCollector(model)
  const nodes = new Flatbush(Math.max(1, graph.nodeCount), 16, Float32Array)
  for (let v = 0; v < Math.max(1, graph.nodeCount); v++)
    nodes.add(x[v] ?? 0, y[v] ?? 0, x[v] ?? 0, y[v] ?? 0)
  nodes.finish()
  const degrees = (v: number): [number, number] => [
    lngOf(frame, x[v]!),
    latOf(frame, y[v]!),
  ]
  const isShut = (v: number) => (nodeFlags[v]! & pace.shut) !== 0

  function gateCandidate(index: number): Candidate | null {
    const { id, name, node } = gates[index]!
    const around = [
      ...edgesAt.subarray(firstAt[node], firstAt[node + 1]),
    ].map((edge) => {
      const isFirst = ends[2 * edge] === node
      const other = ends[2 * edge + (isFirst ? 1 : 0)]!
      const flags = edgeFlags[edge]!
      return {
        edge,
        fraction: isFirst
          ? 1
          : 0,
        other,
        // from the other end to the gate, and from the gate to the other end
        into: stretch(metres[edge]!, (isFirst ? pace.backward : pace.forward)[flags]!),
        out: stretch(metres[edge]!, (isFirst ? pace.forward : pace.backward)[flags]!) + towards.seconds[other]!,
      }
    })
    const wait = nodeFlags[node]! & nodeFlag.crossing
      ? pace.crossingSeconds
      : 0
    const entries = around.flatMap((here) => {
      const onward = around.reduce((least, there) => there === here
        ? least
        : Math.min(least, there.out), Infinity)
      const seconds = here.into + wait + onward
      return seconds + leastGain < towards.seconds[here.other]!
        ? [
            { edge: here.edge, fraction: here.fraction, seconds },
          ]
        : []
    })
    return entries.length === 0
      ? null
      : {
          kind: 'gate',
          gate: id,
          name,
          from: degrees(node),
          to: degrees(node),
          metres: 0,
          entries,
          x: x[node]!,
          y: y[node]!,
        }
  }

  /** Ways from node `u` to a node nearby from which the facility is much nearer, the best one that crosses no house. */
  function wayFrom(u: number): Candidate | null {
    const ways: { v: number, length: number, seconds: number }[] = []
    for (const v of nodes.search(x[u]! - longestWay, y[u]! - longestWay, x[u]! + longestWay, y[u]! + longestWay)) {
      const length = Math.hypot(x[v]! - x[u]!, y[v]! - y[u]!)
      const seconds = towards.seconds[v]! + length * pace.straight
      if (v !== u && length <= longestWay && !isShut(v) && seconds <= limitSeconds && seconds + leastGain < towards.seconds[u]!)
        ways.push({ v, length, seconds })
    }
    ways.sort((a, b) => a.seconds - b.seconds)
    for (const { v, length, seconds } of ways.slice(0, 6)) {
      const owners = crossedOwners(obstacles, x[u]!, y[u]!, x[v]!, y[v]!)
      if ([...owners].some(owner => owner >= 0))
        continue
      const edge = edgesAt[firstAt[u]!]!
      return {
        kind: [water, rail, motorRoad, wall].flatMap(owner => owners.has(owner)
          ? [kinds[owner]!]
          : [])[0] ?? 'path',
        gate: null,
        name: null,
        from: degrees(u),
        to: degrees(v),
        metres: length,
        entries: [
          {
            edge,
            fraction: ends[2 * edge] === u
              ? 0
              : 1,
            seconds,
          },
        ],
        x: x[u]!,
        y: y[u]!,
      }
    }
    return null
  }

  /** Who would be reached if one stood at the entries so many seconds before a facility. */
  function reachedBy({ entries }: Candidate, towards: WalkSearch): number[] {
    const targets: Links = {
      first: Int32Array.of(0, entries.length),
      edge: Int32Array.from(entries, ({ edge }) => edge),
      fraction: Float64Array.from(entries, ({ fraction }) => fraction),
      metres: Float64Array.from(entries, ({ seconds }) => seconds / towards.pace.straight),
    }
    const search = searcher.run({
      targets,
      facilities: [0],
      pace,
      limitSeconds,
    })
    return [
      ...collector.collect(search, {
        links: targets,
        building: Int32Array.of(-1),
      }, [0], limitSeconds).buildings,
    ]
  }

  function best(missed: readonly number[]): Opening | null {
    const wanted = new Set(missed)
    const near = new Set<number>()
    for (const b of missed) {
      for (let l = links.first[b]!; l < links.first[b + 1]!; l++) {
        for (const v of [ends[2 * links.edge[l]!]!, ends[2 * links.edge[l]! + 1]!])
          near.add(v)
      }
    }
    // One may have to walk some way before the barrier: everything on the way within a third of the limit.
    const around = nodesWithin(near, limitSeconds / 3)
    const found: Candidate[] = []
    const isNear = (v: number) => [
      ...edgesAt.subarray(firstAt[v], firstAt[v + 1]),
    ].some(e => around.has(ends[2 * e]!) || around.has(ends[2 * e + 1]!))
    gates.forEach(({ open, node }, i) => {
      const candidate = !open && isNear(node)
        ? gateCandidate(i)
        : null
      if (candidate)
        found.push(candidate)
    })
    const ways = [...around].flatMap(u => wayFrom(u) ?? []).sort((a, b) => a.entries[0]!.seconds - b.entries[0]!.seconds)
    const tried: Candidate[] = []
    for (const way of ways) {
      if (tried.length < mostTries && tried.every(other => Math.hypot(other.x - way.x, other.y - way.y) >= apart))
        tried.push(way)
    }
    let winner: Opening | null = null
    for (const candidate of [
      ...found,
      ...tried,
    ]) {
      const people: Ages = [0, 0, 0]
      let everywhere = 0
      for (const b of reachedBy(candidate, towards)) {
        if (isMissed(b))
          everywhere += buildings.aged60[b]!
        if (wanted.has(b))
          addAges(people, buildings, b, 1)
      }
      // A gate costs nothing to open: at the same use it goes before what has to be built.
      if (people[0] > 0 && (!winner || people[0] > winner.people[0])) {
        const { entries: _, x: __, y: ___, ...rest } = candidate
        winner = { ...rest, people, everywhere }
      }
    }
    return winner
  }

  /** Whether a building is outside the reach as things are. */
  function isMissed(b: number): boolean {
    for (let l = links.first[b]!; l < links.first[b + 1]!; l++) {
      const e = links.edge[l]!
      const fraction = links.fraction[l]!
      const door = links.metres[l]! * pace.straight
      if (Math.min(
        towards.seconds[ends[2 * e]!]! + stretch(fraction * metres[e]!, pace.backward[edgeFlags[e]!]!),
        towards.seconds[ends[2 * e + 1]!]! + stretch((1 - fraction) * metres[e]!, pace.forward[edgeFlags[e]!]!),
      ) + door <= limitSeconds) {
        return false
      }
    }
    return true
  }

  /** Nodes to which one walks from the given ones within so many seconds, one-way rules ignored. */
  function nodesWithin(starts: Iterable<number>, seconds: number): Set<number> {
    const walked = new Map<number, number>()
    let wave = [...starts].filter(v => !isShut(v))
    for (const v of wave)
      walked.set(v, 0)
    while (wave.length > 0) {
      const next: number[] = []
      for (const v of wave) {
        const here = walked.get(v)!
        for (let k = firstAt[v]!; k < firstAt[v + 1]!; k++) {
          const e = edgesAt[k]!
          const u = ends[2 * e]! + ends[2 * e + 1]! - v
          const there = here + metres[e]! * pace.straight
          if (there <= seconds && !isShut(u) && there < (walked.get(u) ?? Infinity)) {
            walked.set(u, there)
            next.push(u)
          }
        }
      }
      wave = next
    }
    return new Set(walked.keys())
  }

  return { best }
}
