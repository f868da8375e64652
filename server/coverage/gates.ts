import type { WeekMinute } from './opening-hours.ts'
import type { WalkModel } from './walk-model.ts'
import { isOpen, nodeFlag } from './street-graph.ts'

export interface GateSetting {
  /** when one walks */
  at: WeekMinute
  /** by OSM node id: stands open at all hours, or is closed for good, whatever the map says */
  overrides?: ReadonlyMap<number, boolean>
}

/**
 * The same model with its gates as they stand then: only the nodes' flags are made anew, everything else is shared. null where
 * a building's door changes, since the building would hang on other streets: then the model has to be built anew.
 */
export function withGates(model: WalkModel, { at, overrides }: GateSetting): WalkModel | null {
  const nodeFlags = model.graph.nodeFlags.slice()
  const gates = model.gates.map((gate) => {
    const open = overrides?.get(gate.id) ?? isOpen(gate, at)
    nodeFlags[gate.node]! &= ~nodeFlag.closed
    if (!open)
      nodeFlags[gate.node]! |= nodeFlag.closed
    return { ...gate, open }
  })
  if (gates.some(({ id, open }, i) => open !== model.gates[i]!.open && model.doors.has(id)))
    return null
  return {
    ...model,
    graph: { ...model.graph, nodeFlags },
    gates,
    settings: { ...model.settings, at },
  }
}
