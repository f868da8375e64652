import type { Font } from 'fontkit'
import chineseUrl from '@fontsource/zcool-xiaowei/files/zcool-xiaowei-chinese-simplified-400-normal.woff?url'
import latinUrl from '@fontsource/barlow-semi-condensed/files/barlow-semi-condensed-latin-500-normal.woff?url'
import { unzlibSync } from 'fflate'
import { create } from 'fontkit'
import { unpackWoff } from '../../../server/posters/unpack-woff.ts'

/** A font of a document: its file, and which signs it has. */
export interface DocumentFont { bytes: Uint8Array, has: (sign: string) => boolean }

export interface DocumentFonts { chinese: DocumentFont, latin: DocumentFont }

/**
 * 站酷小薇体 for Chinese (OFL 1.1; the posters' font is one for headlines) and Barlow for figures and Latin, from this server: what a
 * machine has installed differs, and a browser does not give it away.
 */
export async function loadDocumentFonts(): Promise<DocumentFonts> {
  const [chinese, latin] = await Promise.all([chineseUrl, latinUrl].map(fontAt))
  return { chinese: chinese!, latin: latin! }
}

async function fontAt(url: string): Promise<DocumentFont> {
  const answer = await fetch(url)
  if (!answer.ok)
    throw new Error(`${answer.status} ${url}`)
  return documentFont(unpackWoff(new Uint8Array(await answer.arrayBuffer()), unzlibSync))
}

export function documentFont(bytes: Uint8Array): DocumentFont {
  const font = create(bytes as never) as Font
  return {
    bytes,
    has: sign => font.hasGlyphForCodePoint(sign.codePointAt(0)!),
  }
}
