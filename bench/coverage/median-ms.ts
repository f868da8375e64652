/** Milliseconds that some work takes: the median of so many rounds. */
export function medianMs(rounds: number, work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const begun = performance.now()
    work()
    return performance.now() - begun
  })
  return times.sort((a, b) => a - b)[rounds >> 1]!
}
