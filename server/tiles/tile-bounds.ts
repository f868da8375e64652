/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { Bounds } from '#contract/map.ts'

export interface TileAddress { z: number, x: number, y: number }

/** What a tile of the Web Mercator scheme covers, with a margin given as a share of its width. */
export function tileBounds({ z, x, y }: TileAddress, margin = 0): Bounds {
  return [lngOf(x - margin, z), latOf(y + 1 + margin, z), lngOf(x + 1 + margin, z), latOf(y - margin, z)]
}

export function isTile({ z, x, y }: TileAddress): boolean {
  const across = 2 ** z
  return [z, x, y].every(Number.isInteger) && x >= 0 && y >= 0 && x < across && y < across
}

function lngOf(x: number, z: number): number {
  return x / 2 ** z * 360 - 180
}

function latOf(y: number, z: number): number {
  return Math.atan(Math.sinh(Math.PI * (1 - 2 * y / 2 ** z))) * 180 / Math.PI
}
