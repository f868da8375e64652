/** A report as what it is made of, before it becomes pages of a PDF or of a Word document. */
export type Block
  = | { is: 'title', text: string, under: string[] }
    | { is: 'heading', text: string }
    | { is: 'paragraph', text: string }
    | { is: 'list', items: string[] }
    | ReportTable
    | { is: 'map', of: MapName, caption: string }

export interface ReportTable {
  is: 'table'
  /** `share`: of the page's width, against the others */
  columns: { title: string, share: number, isNumber?: boolean }[]
  rows: string[][]
}

export type MapName = 'plan' | 'present'

/** A drawn map, as PNG. */
export interface Picture { png: Uint8Array, width: number, height: number }
