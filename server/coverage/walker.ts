import { edgeFlag, nodeFlag } from './street-graph.ts'

/** Who walks. Speeds in m/s over the ground: 1.2 active, 0.8 default, 0.64 frail (sources: domain.md). */
export interface Walker {
  speed: number
  /** over the horizontal length of stairs; never faster than `speed` */
  stairsSpeed: number
  /** cannot use stairs, stiles and turnstiles */
  wheelchair: boolean
  /** waiting at each marked crossing, seconds; no rule exists, so 0 unless set */
  crossingSeconds: number
}

/**
 * Seconds a metre by an edge's flags: looked up in the search instead of stored in the graph, so that one graph serves
 * every walker. Infinity = closed in that direction.
 */
export interface Pace {
  forward: Float64Array
  backward: Float64Array
  /** off the streets, between a door and the street */
  straight: number
  crossingSeconds: number
  /** flags of the nodes that are not passed */
  shut: number
}

export function paceOf({ speed, stairsSpeed, wheelchair, crossingSeconds }: Walker): Pace {
  if (!(speed > 0) || !(stairsSpeed > 0))
    throw new RangeError(`walking speed must be above 0 m/s, got ${speed} and ${stairsSpeed} on stairs`)
  const count = 1 << Object.keys(edgeFlag).length
  const forward = new Float64Array(count)
  const backward = new Float64Array(count)
  for (let flags = 0; flags < count; flags++) {
    const plain = flags & edgeFlag.stairs
      ? (wheelchair
          ? Infinity
          : 1 / Math.min(speed, stairsSpeed))
      : 1 / speed
    forward[flags] = flags & edgeFlag.againstOnly
      ? Infinity
      : plain
    backward[flags] = flags & edgeFlag.alongOnly
      ? Infinity
      : plain
  }
  return {
    forward,
    backward,
    straight: 1 / speed,
    crossingSeconds,
    shut: wheelchair
      ? nodeFlag.closed | nodeFlag.narrow
      : nodeFlag.closed,
  }
}
