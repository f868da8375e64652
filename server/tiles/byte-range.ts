/**
 * What a Range header (RFC 9110, 14.2) asks of a file of so many bytes: the first and last byte; 'whole' when there is none or it is
 * not understood (then it is ignored, as the RFC wants); 'unsatisfiable' when it begins beyond the end.
 */
export function byteRange(header: string | undefined, bytes: number): { first: number, last: number } | 'whole' | 'unsatisfiable' {
  const [, from = '', to = ''] = header?.match(/^bytes=(\d*)-(\d*)$/) ?? []
  if (from === '' && to === '')
    return 'whole'
  if (from === '') {
    return Number(to) === 0 || bytes === 0
      ? 'unsatisfiable'
      : {
          first: Math.max(0, bytes - Number(to)),
          last: bytes - 1,
        }
  }
  if (to !== '' && Number(to) < Number(from))
    return 'whole'
  return Number(from) >= bytes
    ? 'unsatisfiable'
    : {
        first: Number(from),
        last: Math.min(bytes - 1, to === ''
          ? Infinity
          : Number(to)),
      }
}
