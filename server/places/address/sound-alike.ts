/** By UTF-16 code the place in the order, from 1; 0 = not among them. Rows 16 to 55 of the standard: 0xB0A1 and on. */
const ranks = new Int16Array(65536)
const decoder = new TextDecoder('gb18030')
for (let i = 0; i < 3755; i++)
  ranks[decoder.decode(Uint8Array.of(0xB0 + Math.floor(i / 94), 0xA1 + i % 94)).charCodeAt(0)] = i + 1

/**
 * Whether two common characters sound about alike. GB 2312 puts its first 3,755 characters in the order of their
 * pronunciation, some ten to a syllable: near in that order is near in sound. That is the slip of who types by sound.
 *
 * @param a UTF-16 code of the one
 * @param b UTF-16 code of the other
 */
export function soundAlike(a: number, b: number): boolean {
  const first = ranks[a]!
  const second = ranks[b]!
  return first > 0 && second > 0 && Math.abs(first - second) <= 8
}
