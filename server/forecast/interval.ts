/**
 * The counts between which a share `level` of all outcomes falls, as much left below as above: negative binomial with the given mean
 * and the variance `dispersion` times as large; Poisson where that is 1.
 */
export function countInterval(mean: number, dispersion: number, level: number): { low: number, high: number } {
  const tail = (1 - level) / 2
  let low: number | null = null
  let below = 0
  for (let count = 0, logShare = logShareOfNone(mean, dispersion); ; count++) {
    below += Math.exp(logShare)
    if (low === null && below > tail)
      low = count
    // The rest is rounding once a count lies this far out.
    if (below >= 1 - tail || count > 20 * (mean + 10) * dispersion)
      return { low: low ?? count, high: count }
    logShare += Math.log(step(count, mean, dispersion))
  }
}

function logShareOfNone(mean: number, dispersion: number): number {
  return dispersion > 1
    ? -mean / (dispersion - 1) * Math.log(dispersion)
    : -mean
}

/** Share of `count + 1` over that of `count`. */
function step(count: number, mean: number, dispersion: number): number {
  return dispersion > 1
    ? (count + mean / (dispersion - 1)) / (count + 1) * (1 - 1 / dispersion)
    : mean / (count + 1)
}
