import { isIPv6 } from 'node:net'

/**
 * What of an address is one sender: an IPv4 address itself, of IPv6 the first 64 bits (RFC 6177: a subscriber has at least
 * that many addresses of its own). `2001:db8::7` → `2001:db8:0:0::/64`
 */
export function networkOf(address: string): string {
  if (!isIPv6(address))
    return address
  const [front = '', back] = address.split('::')
  const groups = front === ''
    ? []
    : front.split(':')
  if (back !== undefined) {
    const rear = back === ''
      ? []
      : back.split(':')
    // A last group in dots stands for two.
    const missing = 8 - groups.length - rear.length - (back.includes('.')
      ? 1
      : 0)
    groups.push(...Array.from<string>({ length: missing }).fill('0'), ...rear)
  }
  return `${groups.slice(0, 4).map(group => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
