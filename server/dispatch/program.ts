/** Who does what nobody does: ends offers, notes arrivals. */
export const program = { id: 'system', role: 'system' } as const
