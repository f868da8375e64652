import sharp from 'sharp'

/** A JPEG of a phone held upright: stored lying, with the turn, the place and the maker in its EXIF. */
export function phonePhoto({ width = 64, height = 48 } = {}): Promise<Buffer> {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#a33',
    },
  })
    .jpeg()
    .withExif({
      IFD0: { Make: 'PLANTED-MAKER', Orientation: '6', Software: 'PLANTED-SOFTWARE' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '36/1 39/1 4/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '117/1 7/1 12/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer()
}

export const tinyPdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

/** 0.1 s of silence. */
export function silentWav(): Buffer {
  const samples = Buffer.alloc(1600)
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(16000, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

/** An mp4 container as recorders write it: the handlers of its tracks, and where it was recorded. */
export function mp4Container(handlers: ('soun' | 'vide')[], place = ''): Buffer {
  const box = (name: string, ...content: Buffer[]) => {
    const body = Buffer.concat(content)
    const head = Buffer.alloc(8)
    head.writeUInt32BE(body.length + 8)
    head.write(name, 4, 'latin1')
    return Buffer.concat([head, body])
  }
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isommp42')),
    box('moov', ...handlers.map(handler => box('hdlr', Buffer.alloc(8), Buffer.from(handler), Buffer.alloc(13))), box('\xA9xyz', Buffer.from(`\0\x12\x15\xC7${place}`, 'latin1'))),
  ])
}
