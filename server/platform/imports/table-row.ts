import type { Sentence } from '../sentences.ts'

/** A row of a table with its number as a spreadsheet counts (headers: 1); `problem` where it cannot be used. */
export interface TableRow {
  row: number
  cells: readonly string[]
  problem: Sentence | null
  /** What reading has to say of cells that can be used all the same. */
  notes?: CellNote[]
}

/** What reading has to say of one cell; columns count from 0. */
export interface CellNote {
  column: number
  code: 'formula' | 'formula-empty' | 'number-damaged'
}
