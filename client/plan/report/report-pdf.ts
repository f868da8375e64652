import type { Block, MapName, Picture, ReportTable } from './report-blocks.ts'
import type { DocumentFonts } from './pdf-fonts.ts'
import PDFDocument from 'pdfkit'
import { fontRuns } from './font-runs.ts'
import { wrapText } from './wrap-text.ts'

/** A4 in points */
const page = {
  width: 595.28,
  height: 841.89,
  side: 48,
  top: 52,
  bottom: 56,
}
const inner = page.width - 2 * page.side
/** So that the first one finds room below the three rates. */
const tallestMap = 430
const ink = '#14202A'
const soft = '#41525E'
const rule = '#C9D2D8'
const cell = { size: 8, leading: 11, padding: 3 }

/** The pages of a report as a PDF; its fonts are in the file, as far as they are used. */
export async function reportPdf(blocks: readonly Block[], pictures: Partial<Record<MapName, Picture>>, fonts: DocumentFonts, title: string): Promise<Uint8Array> {
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    font: null as never,
    bufferPages: true,
    lang: 'zh-CN',
    info: { Title: title },
  })
  const chunks: Uint8Array[] = []
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise(done => document.once('end', done))
  document.registerFont('chinese', fonts.chinese.bytes as never)
  document.registerFont('latin', fonts.latin.bytes as never)
  let y = page.top

  /** of each sign at size 1: laying a line out takes a hundred times as long as adding these up */
  const widths = new Map<string, number>()
  function widthOf(text: string, size: number): number {
    let sum = 0
    for (const sign of text) {
      let width = widths.get(sign)
      if (width === undefined) {
        const [run] = fontRuns(sign, fonts)
        width = document.font(run!.font).fontSize(100).widthOfString(run!.text) / 100
        widths.set(sign, width)
      }
      sum += width
    }
    return sum * size
  }
  function line(text: string, x: number, base: number, size: number, colour: string): void {
    for (const run of fontRuns(text, fonts)) {
      document.font(run.font).fontSize(size).fillColor(colour).text(run.text, x, base, { lineBreak: false, baseline: 'alphabetic' })
      x += widthOf(run.text, size)
    }
  }
  /** Begins a page where less than so much is left. */
  function need(height: number): void {
    if (y + height > page.height - page.bottom) {
      document.addPage()
      y = page.top
    }
  }
  function write(text: string, size: number, colour = ink, indent = 0): void {
    for (const part of wrapText(text, inner - indent, part => widthOf(part, size))) {
      need(size * 1.55)
      y += size * 1.55
      line(part, page.side + indent, y - size * 0.4, size, colour)
    }
  }

  function table({ columns, rows }: ReportTable): void {
    const all = columns.reduce((sum, { share }) => sum + share, 0)
    const columnWidths = columns.map(({ share }) => share / all * inner)
    const wrapped = (texts: string[]) => texts.map((text, i) => wrapText(text, columnWidths[i]! - 2 * cell.padding, part => widthOf(part, cell.size)))
    const titles = wrapped(columns.map(({ title }) => title))
    const heightOf = (cells: string[][]) => Math.max(...cells.map(({ length }) => length)) * cell.leading + 2 * cell.padding
    function row(cells: string[][], colour: string): void {
      const height = heightOf(cells)
      let x = page.side
      cells.forEach((lines, i) => {
        lines.forEach((text, k) => {
          const left = columns[i]!.isNumber
            ? x + columnWidths[i]! - cell.padding - widthOf(text, cell.size)
            : x + cell.padding
          line(text, left, y + cell.padding + (k + 1) * cell.leading - 3, cell.size, colour)
        })
        x += columnWidths[i]!
      })
      y += height
      document.moveTo(page.side, y).lineTo(page.side + inner, y).lineWidth(0.5).strokeColor(rule).stroke()
    }
    function head(): void {
      document.rect(page.side, y, inner, heightOf(titles)).fill('#EDF1F3')
      row(titles, soft)
    }
    y += 4
    need(heightOf(titles) * 3)
    head()
    for (const texts of rows) {
      const cells = wrapped(texts)
      if (y + heightOf(cells) > page.height - page.bottom) {
        document.addPage()
        y = page.top
        head()
      }
      row(cells, ink)
    }
    y += 6
  }

  function map(name: MapName, caption: string): void {
    const picture = pictures[name]
    if (!picture)
      return
    const width = Math.min(inner, tallestMap * picture.width / picture.height)
    const height = width * picture.height / picture.width
    need(height + 28)
    y += 8
    document.image(picture.png as never, page.side + (inner - width) / 2, y, { width, height })
    y += height
    write(caption, 8.5, soft)
    y += 4
  }

  for (const block of blocks) {
    switch (block.is) {
      case 'title':
        write(block.text, 22)
        block.under.forEach(text => write(text, 10, soft))
        break
      case 'heading':
        y += 12
        need(80)
        write(block.text, 14)
        break
      case 'paragraph':
        write(block.text, 9.5)
        break
      case 'list':
        block.items.forEach(item => write(`· ${item}`, 9.5, ink, 8))
        break
      case 'table':
        table(block)
        break
      case 'map':
        map(block.of, block.caption)
    }
  }
  const { start, count } = document.bufferedPageRange()
  for (let i = 0; i < count; i++) {
    document.switchToPage(start + i)
    line(title, page.side, page.height - 28, 8, soft)
    const at = `${i + 1} / ${count}`
    line(at, page.side + inner - widthOf(at, 8), page.height - 28, 8, soft)
  }
  document.end()
  await ended
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer())
}
