import type { DocumentFonts } from './pdf-fonts.ts'

export interface FontRun { font: keyof DocumentFonts, text: string }

/** Stands for a sign that neither font has, as printers do where a type is missing. */
const missingType = '〓'

/** A text cut into what each font sets: figures and Latin in the one, Chinese in the other. */
export function fontRuns(text: string, { chinese, latin }: DocumentFonts): FontRun[] {
  const runs: FontRun[] = []
  for (const sign of text) {
    const font = latin.has(sign) && sign.codePointAt(0)! < 0x2E80
      ? 'latin'
      : 'chinese'
    const shown = font === 'latin' || chinese.has(sign)
      ? sign
      : missingType
    const last = runs.at(-1)
    if (last?.font === font)
      last.text += shown
    else
      runs.push({ font, text: shown })
  }
  return runs
}
