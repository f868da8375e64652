import { create as qrCode } from 'qrcode'
import { posterFont } from './poster-font.ts'

/** A4 in points (1/72 inch); y grows downwards. */
export const pageWidth = 595.28
export const pageHeight = 841.89

export type Mark
  = { is: 'box', x: number, y: number, width: number, height: number, colour: string }
  /** `x` is where it begins, `y` its base line. */
    | { is: 'text', text: string, x: number, y: number, size: number, colour: string }

export interface PosterWords {
  /** Name of the subdistrict; null = not known. */
  centre: string | null
  compound: string
  community: string | null
  /** What the QR code leads to. */
  url: string
}

const ink = '#14202A'
const soft = '#41525E'
const blue = '#00669E'
const white = '#FFFFFF'

/** What stands on a poster, as marks that a PDF and a picture are both made of. */
export function drawPoster({ centre, compound, community, url }: PosterWords): Mark[] {
  return [
    {
      is: 'box',
      x: 0,
      y: 0,
      width: pageWidth,
      height: pageHeight,
      colour: white,
    },
    {
      is: 'box',
      x: 0,
      y: 0,
      width: pageWidth,
      height: 190,
      colour: blue,
    },
    centred('码上提 马上办', 100, 66, white),
    centred('身边的烦心事，扫码说一声', 152, 27, white),
    ...qrMarks(url, 300, 226),
    centred(compound, 580, 46, ink),
    ...community === null
      ? []
      : [
          centred(community, 620, 24, soft),
        ],
    centred('一、扫码写清什么事、在哪里，可附照片', 672, 20, ink),
    centred('二、记下受理编号和查询码，随时查进度', 702, 20, ink),
    centred('三、办结后有人回访，不满意重新办', 732, 20, ink),
    {
      is: 'box',
      x: 60,
      y: 758,
      width: pageWidth - 120,
      height: 1,
      colour: soft,
    },
    centred('急事请拨 12345；有人身危险请拨 110、119、120', 786, 17, soft),
    centred(`${centre ?? ''}慧治中心`, 814, 17, soft),
  ]
}

/** In the middle of the page; long names get smaller until they fit. */
function centred(text: string, y: number, size: number, colour: string): Mark {
  const { font } = posterFont()
  const widthAt = (points: number) => font.layout(text).advanceWidth / font.unitsPerEm * points
  const fitting = Math.min(size, size * (pageWidth - 80) / widthAt(size))
  return {
    is: 'text',
    text,
    x: (pageWidth - widthAt(fitting)) / 2,
    y,
    size: fitting,
    colour,
  }
}

/** A code that is read also when a quarter of it is worn off (level Q), with the four modules of white around it that readers need. */
function qrMarks(url: string, side: number, top: number): Mark[] {
  const { modules } = qrCode(url, { errorCorrectionLevel: 'Q' })
  const module = side / modules.size
  const left = (pageWidth - side) / 2
  const marks: Mark[] = []
  for (let row = 0; row < modules.size; row++) {
    // Neighbours in a row are one box: no hairlines between them.
    for (let column = 0; column < modules.size; column++) {
      const begin = column
      while (column < modules.size && modules.get(row, column))
        column++
      if (column > begin) {
        marks.push({
          is: 'box',
          x: left + begin * module,
          y: top + row * module,
          width: (column - begin) * module,
          height: module,
          colour: ink,
        })
      }
    }
  }
  return marks
}
