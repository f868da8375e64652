/** Weight of a walk: 1 at the door, falling with the seconds, 0 = too far to count. */
export type Decay = (seconds: number) => number

/** What a planner may set: steps by thirds of the limit, a bell, or the inverse of the time. */
export interface DecaySettings {
  shape: 'steps' | 'gaussian' | 'inverse'
  /** of `steps`: weights of the first, second and last third of the limit */
  steps: [number, number, number]
}

/** Weights of Luo and Qi (Health & Place 15, 2009) for three zones of travel time. */
export const defaultDecay: DecaySettings = {
  shape: 'steps',
  steps: [1, 0.68, 0.22],
}

/** The weights as a function; walks up to the limit count, it included. The bell is down to 1 % at the limit. */
export function decayOf({ shape, steps }: DecaySettings, limitSeconds: number): Decay {
  const bell = Math.log(0.01) / limitSeconds ** 2
  const shapes: Record<DecaySettings['shape'], Decay> = {
    steps: seconds => steps[Math.min(2, Math.floor(seconds * 3 / limitSeconds * (1 - 1e-6)))]!,
    gaussian: seconds => Math.exp(bell * seconds ** 2),
    // A minute and less is as good as at the door, or a walk of no time would weigh without end.
    inverse: seconds => 60 / Math.max(60, seconds),
  }
  const weight = shapes[shape]
  return seconds => seconds <= limitSeconds
    ? weight(seconds)
    : 0
}

/** People in reach of one place of supply, and their walks. */
export interface Catchment {
  people: ArrayLike<number>
  seconds: ArrayLike<number>
}

/** Demand on a supply: everyone in reach, weighted by the walk: Σₖ Pₖ·W(tₖⱼ). */
export function weightedDemand({ people, seconds }: Catchment, population: ArrayLike<number>, decay: Decay): number {
  let demand = 0
  for (let i = 0; i < people.length; i++)
    demand += population[people[i]!]! * decay(seconds[i]!)
  return demand
}

export interface FloatingCatchment {
  /** Rⱼ: supply per weighted person; 0 where nobody is in reach */
  ratio: Float64Array
  demand: Float64Array
  /** Aᵢ: supply within reach per person at i */
  access: Float64Array
}

/**
 * Enhanced two-step floating catchment area: Rⱼ = Sⱼ / Σₖ Pₖ·W(tₖⱼ), Aᵢ = Σⱼ Rⱼ·W(tᵢⱼ) (Luo and Qi 2009). Nothing is lost on
 * the way: Σᵢ Pᵢ·Aᵢ = Σⱼ Sⱼ over the supplies that anybody reaches.
 */
export function floatingCatchment(supply: ArrayLike<number>, population: ArrayLike<number>, catchments: Catchment[], decay: Decay): FloatingCatchment {
  const access = new Float64Array(population.length)
  const demand = Float64Array.from(catchments, catchment => weightedDemand(catchment, population, decay))
  const ratio = demand.map((weight, j) => weight > 0
    ? supply[j]! / weight
    : 0)
  catchments.forEach(({ people, seconds }, j) => {
    for (let i = 0; i < people.length; i++)
      access[people[i]!]! += ratio[j]! * decay(seconds[i]!)
  })
  return {
    ratio,
    demand,
    access,
  }
}
