import { labelSheets, type SheetName } from '../../../contract/labels.ts'

export interface LabelPlace {
  /** The first sheet is 0. */
  page: number
  /** Millimetres from the left and from the top of the page. */
  x: number
  y: number
}

/** Where the n-th label (from 0) is printed when the first `skip` of the first sheet are used already. */
export function placeOf(name: SheetName, n: number, skip: number): LabelPlace {
  const { columns, rows, first, pitch } = labelSheets[name]
  const at = n + skip
  const inPage = at % (columns * rows)
  return {
    page: Math.floor(at / (columns * rows)),
    x: first.x + (inPage % columns) * pitch.x,
    y: first.y + Math.floor(inPage / columns) * pitch.y,
  }
}
