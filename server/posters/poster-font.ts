import type { Font } from 'fontkit'
import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { create } from 'fontkit'
import { unpackWoff } from './unpack-woff.ts'

let loaded: { bytes: Buffer, font: Font } | undefined

/** 站酷庆科黄油体 (OFL 1.1), which comes with the program: a server need not have any Chinese font to print posters. */
export function posterFont(): { bytes: Buffer, font: Font } {
  if (!loaded) {
    const bytes = Buffer.from(unpackWoff(readFileSync(createRequire(import.meta.url).resolve('@fontsource/zcool-qingke-huangyou/files/zcool-qingke-huangyou-chinese-simplified-400-normal.woff')), inflateSync))
    loaded = {
      bytes,
      font: create(bytes) as Font,
    }
  }
  return loaded
}

/** Signs of a text that the font does not have: they would print as empty boxes. */
export function missingSigns(text: string): string[] {
  const { font } = posterFont()
  return [
    ...new Set(text),
  ].filter(sign => sign !== ' ' && !font.hasGlyphForCodePoint(sign.codePointAt(0)!))
}
