import { Buffer } from 'node:buffer'
import type { Mark } from './draw-poster.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { pageHeight, pageWidth } from './draw-poster.ts'
import { posterFont } from './poster-font.ts'

/** A4 at 150 dots an inch, 1240 × 1754. Text is drawn as outlines: what fonts the server has does not matter. */
export async function posterPng(marks: readonly Mark[]): Promise<Buffer> {
  const shapes = marks.map(mark => mark.is === 'box'
    ? `<rect x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}" fill="${mark.colour}"/>`
    : outlines(mark))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754" viewBox="0 0 ${pageWidth} ${pageHeight}" preserveAspectRatio="none">${shapes.join('')}</svg>`
  return await pictureOf(svg)
}

function outlines({ text, x, y, size, colour }: Extract<Mark, { is: 'text' }>): string {
  const { font } = posterFont()
  const scale = size / font.unitsPerEm
  const { glyphs, positions } = font.layout(text)
  let pen = 0
  const paths = glyphs.map((glyph, index) => {
    const path = `<path transform="translate(${pen} 0)" d="${glyph.path.toSVG()}"/>`
    pen += positions[index]!.xAdvance
    return path
  })
  return `<g fill="${colour}" transform="translate(${x} ${y}) scale(${scale} ${-scale})">${paths.join('')}</g>`
}

async function pictureOf(svg: string): Promise<Buffer> {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, 'picture/cli.ts'),
  ], {
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: 30_000,
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  // That it ended early is told by its exit code.
  child.stdin.on('error', () => {})
  child.stdin.end(svg)
  const [code] = await once(child, 'close') as [number | null]
  if (code !== 0)
    throw new Error(`The picture of a poster was not made: exit code ${code}`)
  return Buffer.concat(chunks)
}
