/** So many calls as chance brings where `mean` are to be expected (Knuth). */
export function drawn(mean: number, random: { next: () => number }): number {
  let [count, product] = [
    0,
    random.next(),
  ]
  for (; product > Math.exp(-mean); count++)
    product *= random.next()
  return count
}
