import type { SitingProblem, SitingQuestion } from '#coverage/siting/problem.ts'
import { readFileSync } from 'node:fs'
import { sharedData } from './shared-data.ts'

const folder = 'facility-location-san-francisco'
export const sanFrancisco = sharedData(`${folder}/SF_network_distance_candidateStore_16_censusTract_205_new.csv`)

/** 205 census tracts and 16 candidate stores with distances over the network, metres (pysal/spopt). */
export function sanFranciscoProblem(): SitingProblem {
  const people = new Map<string, number>()
  const rows = readFileSync(sanFrancisco, 'utf8').trim().split('\n').slice(1).map((line) => {
    const [distance, site, tract, demand] = line.split(',')
    people.set(tract!, Number(demand))
    return {
      distance: Number(distance),
      site: site!,
      tract: tract!,
    }
  })
  const tracts = [
    ...people.keys(),
  ]
  return {
    demand: Float64Array.from(people.values()),
    sites: [
      ...Map.groupBy(rows, ({ site }) => site),
    ].map(([id, list]) => ({
      id,
      fixed: false,
      cost: 1,
      capacity: null,
      points: Int32Array.from(list, ({ tract }) => tracts.indexOf(tract)),
      distances: Float64Array.from(list, ({ distance }) => distance),
    })),
  }
}

export function question(changes: Partial<SitingQuestion> = {}): SitingQuestion {
  return {
    goal: 'mclp',
    limit: 5000,
    sites: null,
    budget: null,
    capacities: false,
    ...changes,
  }
}
