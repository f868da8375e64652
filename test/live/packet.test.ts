import { inflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { Packet } from '../../server/live/packet.ts'

function read(frame: Buffer): { compressed: boolean, text: string } {
  const short = frame[1]!
  const header = short < 126
    ? 2
    : short === 126
      ? 4
      : 10
  const length = short < 126
    ? short
    : short === 126
      ? frame.readUInt16BE(2)
      : Number(frame.readBigUInt64BE(2))
  const payload = frame.subarray(header)
  expect(payload).toHaveLength(length)
  const compressed = frame[0] === 0b1100_0001
  const tail = Buffer.from([0, 0, 0xFF, 0xFF])
  return {
    compressed,
    text: (compressed
      ? inflateRawSync(Buffer.concat([payload, tail]), { finishFlush: 2 })
      : payload).toString(),
  }
}

it.each([
  0,
  10,
  100,
  126,
  1000,
  65_535,
  65_536,
  200_000,
])('a message of about %i bytes is a whole frame, plain and compressed', (size) => {
  const packet = new Packet('changes', '"', Buffer.from('工单'.repeat(size / 6)), '"')
  const text = `42/live,["changes","${'工单'.repeat(size / 6)}"]`
  expect(read(packet.frame(false))).toEqual({ compressed: false, text })
  expect(read(packet.frame(true))).toEqual({ compressed: packet.size >= 1024, text })
})

it('compressed aside or on the spot, the frame is the same, and it is made once', async () => {
  const json = JSON.stringify(Array.from({ length: 500 }, (_, index) => ({ index })))
  const packet = new Packet('snapshot', json)
  const aside = await new Packet('snapshot', json).prepare()
  expect(packet.frame(true)).toEqual(aside.frame(true))
  expect(packet.frame(true)).toBe(packet.frame(true))
})
