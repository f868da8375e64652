/**
 * Shares out a whole number by weight so that the parts add up to it (largest remainder: each gets the whole part of its
 * share, and those who lost most by that get one more).
 * `caps`: what each may get at most, as those aged 60 or more among the residents. A total that the caps cannot hold is shared
 * out as if there were none.
 */
export function spread(total: number, weights: readonly number[], caps?: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  if (sum === 0)
    return weights.map(() => 0)
  const room = (caps && caps.reduce((a, b) => a + b, 0) >= total)
    ? caps
    : weights.map(() => Infinity)
  const shares = weights.map(weight => total * weight / sum)
  const parts = shares.map((share, i) => Math.min(Math.floor(share), room[i]!))
  const byLoss = shares.map((_, i) => i).sort((a, b) => (shares[b]! - parts[b]!) - (shares[a]! - parts[a]!) || a - b)
  let left = total - parts.reduce((a, b) => a + b, 0)
  while (left > 0) {
    const before = left
    for (const i of byLoss) {
      if (left > 0 && parts[i]! < room[i]! && (weights[i]! > 0 || room !== caps)) {
        parts[i]!++
        left--
      }
    }
    // Those with a weight are full: the others may take the rest.
    if (left === before) {
      return parts.map((part, i) => part + (i === byLoss[0]
        ? left
        : 0))
    }
  }
  return parts
}
