/** ISO 6709 as recorders write it into mp4 and m4a: `+36.6512+117.1201+024.000/`. */
const place = /[+-]\d{2}(?:\.\d+)?[+-]\d{3}(?:\.\d+)?(?:[+-]\d+(?:\.\d+)?)?\//g

/** Overwrites where a recording was made with zeros, in place: lengths stay, so the file still plays. */
export function blankPlaces(bytes: Buffer): void {
  for (const { index, 0: found } of bytes.toString('latin1').matchAll(place))
    bytes.write(found.replace(/\d/g, '0'), index, 'latin1')
}
