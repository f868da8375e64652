import { Buffer } from 'node:buffer'
import process from 'node:process'
import sharp from 'sharp'

// SVG on stdin, PNG on stdout. A process of its own: in the server the reader of SVG is switched off, since files come in there.
const chunks: Buffer[] = []
for await (const chunk of process.stdin)
  chunks.push(chunk as Buffer)
process.stdout.write(await sharp(Buffer.concat(chunks)).png({ palette: true }).toBuffer())
