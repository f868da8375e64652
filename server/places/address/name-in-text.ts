import { soundAlike } from './sound-alike.ts'

/** −ln of how often such a slip happens in a name. Input methods offer what sounds alike, and keys are hit twice. */
const otherCharacter = 3
const soundsAlike = 2.3
const characterLeftOut = 3
const characterMore = 3.2
const characterTwice = 1.8
/** A digit in a name (4区) tells it from its neighbours: seldom wrong, and then it is another place. */
const otherDigit = 6

export interface Found { cost: number, at: number, end: number }

const isDigit = (code: number) => code >= 48 && code <= 57

/**
 * Where in a text a name stands with the fewest slips (Sellers 1980: edit distance with a free beginning and end).
 *
 * @returns null when it takes more than `most`
 */
export function findName(name: string, text: string, most: number): Found | null {
  const rows = name.length + 1
  let costs = new Float64Array(rows)
  let starts = new Int32Array(rows)
  let nextCosts = new Float64Array(rows)
  let nextStarts = new Int32Array(rows)
  for (let i = 1; i < rows; i++)
    costs[i] = costs[i - 1]! + leftOut(name.charCodeAt(i - 1))
  let best: Found | null = null
  for (let j = 0; j < text.length; j++) {
    const character = text.charCodeAt(j)
    nextCosts[0] = 0
    nextStarts[0] = j + 1
    for (let i = 1; i < rows; i++) {
      const wanted = name.charCodeAt(i - 1)
      let cost = costs[i - 1]! + (wanted === character
        ? 0
        : isDigit(wanted) || isDigit(character)
          ? otherDigit
          : soundAlike(wanted, character)
            ? soundsAlike
            : otherCharacter)
      let start = starts[i - 1]!
      const more = costs[i]! + (isDigit(character)
        ? otherDigit
        : j > 0 && text.charCodeAt(j - 1) === character
          ? characterTwice
          : characterMore)
      if (more < cost) {
        cost = more
        start = starts[i]!
      }
      const less = nextCosts[i - 1]! + leftOut(wanted)
      if (less < cost) {
        cost = less
        start = nextStarts[i - 1]!
      }
      nextCosts[i] = cost
      nextStarts[i] = start
    }
    ;[costs, nextCosts] = [nextCosts, costs]
    ;[starts, nextStarts] = [nextStarts, starts]
    const cost = costs[rows - 1]!
    if (cost <= most && (!best || cost < best.cost))
      best = { cost, at: starts[rows - 1]!, end: j + 1 }
  }
  return best
}

function leftOut(code: number): number {
  return isDigit(code)
    ? otherDigit
    : characterLeftOut
}
