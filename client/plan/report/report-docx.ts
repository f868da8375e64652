import type { Block, MapName, Picture, ReportTable } from './report-blocks.ts'
import { AlignmentType, BorderStyle, Document, Footer, HeadingLevel, ImageRun, Packer, PageNumber, Paragraph, ShadingType, Table, TableCell, TableRow, TextRun, WidthType } from 'docx'

/** Word takes the font by its name; who has none of these gets whatever stands in for it. */
const font = {
  ascii: 'Calibri',
  hAnsi: 'Calibri',
  eastAsia: '微软雅黑',
  cs: 'Calibri',
}
/** A4 without its margins, in twentieths of a point and in pixels of 96 an inch */
const inner = { twips: 9638, pixels: 642 }
const line = { style: BorderStyle.SINGLE, size: 4, color: 'C9D2D8' }
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }

/** The same report for Word, so that others can write on in it: real headings, tables and pictures. */
export async function reportDocx(blocks: readonly Block[], pictures: Partial<Record<MapName, Picture>>, title: string): Promise<Blob> {
  const document = new Document({
    title,
    styles: {
      default: {
        document: {
          run: { font, size: 20 },
        },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: {
              top: 1134,
              bottom: 1134,
              left: 1134,
              right: 1134,
            },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.RIGHT,
                children: [
                  new TextRun({
                    children: [
                      `${title} · `,
                      PageNumber.CURRENT,
                      ' / ',
                      PageNumber.TOTAL_PAGES,
                    ],
                    size: 16,
                  }),
                ],
              }),
            ],
          }),
        },
        children: blocks.flatMap(block => partsOf(block, pictures)),
      },
    ],
  })
  return await Packer.toBlob(document)
}

function partsOf(block: Block, pictures: Partial<Record<MapName, Picture>>): (Paragraph | Table)[] {
  switch (block.is) {
    case 'title':
      return [
        new Paragraph({
          heading: HeadingLevel.TITLE,
          children: [
            new TextRun({ text: block.text, font, size: 44 }),
          ],
        }),
        ...block.under.map(text => new Paragraph({
          children: [
            new TextRun({ text, color: '41525E' }),
          ],
        })),
      ]
    case 'heading':
      return [
        new Paragraph({
          heading: HeadingLevel.HEADING_1,
          spacing: { before: 280, after: 80 },
          children: [
            new TextRun({
              text: block.text,
              font,
              size: 28,
              color: '14202A',
            }),
          ],
        }),
      ]
    case 'paragraph':
      return [
        new Paragraph({
          text: block.text,
          spacing: { after: 80 },
        }),
      ]
    case 'list':
      return block.items.map(text => new Paragraph({
        text,
        bullet: { level: 0 },
      }))
    case 'table':
      // A paragraph between: Word joins tables that follow each other.
      return [
        tableOf(block),
        new Paragraph({
          spacing: { after: 80 },
        }),
      ]
    case 'map': {
      const picture = pictures[block.of]
      return picture
        ? [
            new Paragraph({
              keepNext: true,
              children: [
                new ImageRun({
                  type: 'png',
                  data: picture.png,
                  transformation: { width: inner.pixels, height: inner.pixels * picture.height / picture.width },
                  altText: { title: block.caption, description: block.caption, name: block.of },
                }),
              ],
            }),
            new Paragraph({
              children: [
                new TextRun({ text: block.caption, size: 17, color: '41525E' }),
              ],
            }),
          ]
        : []
    }
  }
}

function tableOf({ columns, rows }: ReportTable): Table {
  const all = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => Math.floor(share / all * inner.twips))
  const row = (texts: string[], isHead: boolean) => new TableRow({
    tableHeader: isHead,
    cantSplit: true,
    children: texts.map((text, i) => new TableCell({
      width: { size: widths[i]!, type: WidthType.DXA },
      borders: {
        top: none,
        left: none,
        right: none,
        bottom: line,
      },
      ...isHead && {
        shading: { type: ShadingType.CLEAR, fill: 'EDF1F3', color: 'auto' },
      },
      margins: {
        top: 40,
        bottom: 40,
        left: 60,
        right: 60,
      },
      children: [
        new Paragraph({
          alignment: columns[i]!.isNumber
            ? AlignmentType.RIGHT
            : AlignmentType.LEFT,
          children: [
            new TextRun({ text, size: 16 }),
          ],
        }),
      ],
    })),
  })
  return new Table({
    columnWidths: widths,
    width: { size: inner.twips, type: WidthType.DXA },
    rows: [
      row(columns.map(({ title }) => title), true),
      ...rows.map(texts => row(texts, false)),
    ],
  })
}
