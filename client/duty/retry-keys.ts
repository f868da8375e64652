/**
 * Keys for requests that may be sent again: the same text keeps its key until it got through, so that a second try after a lost
 * answer does nothing twice; another text gets another one.
 */
export function createRetryKeys(random: () => string = randomKey) {
  let last: { text: string, key: string } | null = null
  return {
    keyFor(text: string): string {
      if (last?.text !== text) {
        last = {
          text,
          key: random(),
        }
      }
      return last.key
    },
    done() {
      last = null
    },
  }
}

/** `crypto.randomUUID` is missing where the page came over plain HTTP from another machine. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}
