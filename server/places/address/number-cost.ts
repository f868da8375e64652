/** What is said for what is meant; −ln of how often that slip happens to a number, shared by the numbers that it could lead to. */
const swapped = 5
const otherDigit = 7
const digitMore = 7
const paddedOrSwapped = 0.3

/** 0 = the same number, infinite = nobody confuses the two. */
export function numberCost(said: string, known: string): number {
  if (said === known)
    return 0
  // 01 may be written for 1, or hastily for 10.
  if (said.length > 1 && said.startsWith('0')) {
    return said.replace(/^0+/, '') === known || swapFirst(said) === known
      ? paddedOrSwapped
      : Number.POSITIVE_INFINITY
  }
  const lengthDifference = said.length - known.length
  if (lengthDifference > 1 || lengthDifference < -1)
    return Number.POSITIVE_INFINITY
  if (lengthDifference === 0) {
    let at = 0
    while (said[at] === known[at])
      at++
    if (said.slice(at + 1) === known.slice(at + 1))
      return otherDigit
    return said[at] === known[at + 1] && said[at + 1] === known[at] && said.slice(at + 2) === known.slice(at + 2)
      ? swapped
      : Number.POSITIVE_INFINITY
  }
  const [short, long] = said.length < known.length
    ? [said, known]
    : [known, said]
  let at = 0
  while (at < short.length && short[at] === long[at])
    at++
  return short.slice(at) === long.slice(at + 1)
    ? digitMore
    : Number.POSITIVE_INFINITY
}

/** 01 → 10, 017 → 107 */
function swapFirst(text: string): string {
  return text[1]! + text[0]! + text.slice(2)
}
