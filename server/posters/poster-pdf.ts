import type { Mark } from './draw-poster.ts'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import PDFDocument from 'pdfkit'
import { posterFont } from './poster-font.ts'

/** A4, one poster a page; the font is in the file, as far as it is used. */
export async function posterPdf(pages: readonly Mark[][], title: string): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    info: { Title: title },
  })
  const chunks: Buffer[] = []
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = once(document, 'end')
  document.registerFont('poster', posterFont().bytes)
  for (const marks of pages) {
    document.addPage()
    for (const mark of marks) {
      if (mark.is === 'box')
        document.rect(mark.x, mark.y, mark.width, mark.height).fill(mark.colour)
      else
        document.font('poster').fontSize(mark.size).fillColor(mark.colour).text(mark.text, mark.x, mark.y, { lineBreak: false, baseline: 'alphabetic' })
    }
  }
  document.end()
  await ended
  return Buffer.concat(chunks)
}
