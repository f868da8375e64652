import type { Side } from '../geometry/plot.ts'

/** Metres from the middle of what runs along a block to the block's own ground, pavement included. */
export const halfWidth: Record<Side, number> = {
  primary: 24,
  secondary: 18,
  tertiary: 13,
  lane: 8,
  river: 0,
  rail: 20,
  neighbour: 2,
  open: 0,
}
