import type { Feature } from '#contract/geometry.ts'
import type { LayerName } from '#contract/live.ts'
import type { SnapshotHead } from '../../db/queries/snapshot.ts'
import type { Mask } from './mask.ts'
import { Packet } from './packet.ts'

/** Small enough that a pulse between two parts is on time even on a slow line (characters of JSON, about). */
const partBytes = 256 * 1024
/** Cases are cut by number, since the number of parts must be known before the last is read. */
export const casesInPart = 400

/** One layer's features in a part, as JSON joined by commas; the layer may go on in the next part. */
export interface LayerSlice { layer: LayerName, features: string | Buffer }

/** Cuts the small layers into parts. Every layer is named at least once: so an empty one is known to be empty. */
export function sliceLayers(head: SnapshotHead, mask: Mask | null, withCases: boolean): LayerSlice[][] {
  const parts: LayerSlice[][] = [
    withCases
      ? [
          { layer: 'cases', features: '' },
        ]
      : [],
  ]
  let bytes = 0
  for (const [name, features] of Object.entries(head.features)) {
    const layer = name as LayerName
    let slice: string[] = []
    const close = () => parts.at(-1)!.push({
      layer,
      features: slice.join(','),
    })
    for (const feature of features) {
      const json = JSON.stringify(mask
        ? mask.feature(layer, feature)
        : feature)
      if (bytes > 0 && bytes + json.length > partBytes) {
        close()
        parts.push([])
        slice = []
        bytes = 0
      }
      slice.push(json)
      bytes += json.length
    }
    close()
  }
  return parts
}

export interface CaseSlicer { push: (bytes: Buffer) => void, end: () => void }

/** Lines of JSON, cut anywhere between two calls → slices of `size` cases. */
export function createCaseSlicer(mask: Mask | null, onSlice: (slice: LayerSlice) => void, size = casesInPart): CaseSlicer {
  let pieces: Buffer[] = []
  let lines = 0

  function take() {
    const text = Buffer.concat(pieces)
    pieces = []
    lines = 0
    onSlice({
      layer: 'cases',
      features: mask?.layers.includes('cases')
        ? maskedLines(text, mask)
        : joinedByCommas(text),
    })
  }

  return {
    push(bytes) {
      let start = 0
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, end + 1)) {
        if (++lines < size)
          continue
        pieces.push(bytes.subarray(start, end))
        start = end + 1
        take()
      }
      if (start < bytes.length)
        pieces.push(bytes.subarray(start))
    },
    end() {
      if (lines > 0)
        take()
    },
  }
}

export function partPacket({ epoch, seq }: SnapshotHead, slices: LayerSlice[], part: number, parts: number): Packet {
  const layers = slices.flatMap(({ layer, features }, index) =>
    [`${index > 0
      ? ','
      : ''}"${layer}":{"type":"FeatureCollection","features":[`, features, ']}'])
  return new Packet('snapshot', `{"epoch":"${epoch}","seq":${seq},"layers":{`, ...layers, `},"part":${part},"parts":${parts}}`)
}

function joinedByCommas(lines: Buffer): Buffer {
  for (let end = lines.indexOf(10); end >= 0; end = lines.indexOf(10, end + 1))
    lines[end] = 44
  return lines.at(-1) === 44
    ? lines.subarray(0, -1)
    : lines
}

function maskedLines(lines: Buffer, mask: Mask): string {
  return lines.toString().split('\n').filter(line => line !== '').map(line => JSON.stringify(mask.feature('cases', JSON.parse(line) as Feature))).join(',')
}
