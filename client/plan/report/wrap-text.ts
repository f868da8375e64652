/**
 * Lines of a text that fit a width. Chinese breaks between any two signs, except before a closing sign; Latin words and figures
 * stay whole unless they alone are too wide.
 */
export function wrapText(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(text)) {
    if (piece === '\n') {
      lines.push(line)
      line = ''
      continue
    }
    if (widthOf(line + piece.trimEnd()) <= width) {
      line += piece
      continue
    }
    if (line !== '')
      lines.push(line.trimEnd())
    line = ''
    // Too wide for a line of its own: sign by sign.
    for (const sign of widthOf(piece.trimEnd()) > width
      ? piece
      : [piece]) {
      if (line !== '' && widthOf(line + sign) > width) {
        lines.push(line)
        line = ''
      }
      line += sign
    }
  }
  lines.push(line.trimEnd())
  return lines
}

/** Where a line may end: after each piece. */
function piecesOf(text: string): string[] {
  return text.match(/\n|[^\s\u2E80-\uFFEF]+\s*|[\u2E80-\uFFEF][，。；：、）》”’！？％]*|\s/g) ?? []
}
