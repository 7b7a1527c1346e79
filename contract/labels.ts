import { z } from 'zod'
import { assetKey } from './assets.ts'

/**
 * Sheets of labels, in millimetres, as their maker measures them (Avery Zweckform product data). `pitch`: from the corner of one label to that of the
 * next. Labels are counted along the rows.
 */
export const labelSheets = {
  L7162: {
    page: { name: 'A4', width: 210, height: 297 },
    columns: 2,
    rows: 8,
    label: { width: 99.1, height: 33.9 },
    first: { x: 4.65, y: 12.9 },
    pitch: { x: 101.6, y: 33.9 },
  },
  L7163: {
    page: { name: 'A4', width: 210, height: 297 },
    columns: 2,
    rows: 7,
    label: { width: 99.1, height: 38.1 },
    first: { x: 4.65, y: 15.15 },
    pitch: { x: 101.6, y: 38.1 },
  },
  '5520': {
    page: { name: 'LETTER', width: 215.9, height: 279.4 },
    columns: 3,
    rows: 10,
    label: { width: 66.675, height: 25.4 },
    first: { x: 4.7625, y: 12.7 },
    pitch: { x: 69.85, y: 25.4 },
  },
} as const
export const sheetNames = ['L7162', 'L7163', '5520'] as const
export const sheetName = z.enum(sheetNames)
export type SheetName = (typeof sheetNames)[number]

/** What is asked of `GET /api/v1/labels.pdf`; a download, so no action. */
export const labelsWanted = z.object({
  sheet: sheetName.default('L7162'),
  /** So many labels of the first sheet are used already. */
  skip: z.coerce.number().int().min(0).max(29).default(0),
  /** Ids or tags, with commas between. */
  assets: z
    .string()
    .max(20_000)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(assetKey).min(1).max(300)),
})
