import { expect, test } from 'vitest'
import { labelSheets, sheetName } from '../../../contract/labels.ts'
import { placeOf } from './places.ts'

test.each(sheetName.options)(
  '%s: labels lie on the page beside each other, with the same margin on both sides',
  (name) => {
    const { page, columns, rows, label, first, pitch } = labelSheets[name]
    expect(pitch.x).toBeGreaterThanOrEqual(label.width)
    expect(pitch.y).toBeGreaterThanOrEqual(label.height)
    const right = page.width - (first.x + (columns - 1) * pitch.x + label.width)
    const below = page.height - (first.y + (rows - 1) * pitch.y + label.height)
    expect(Math.abs(right - first.x)).toBeLessThan(0.2)
    expect(Math.abs(below - first.y)).toBeLessThan(0.2)
  },
)

test('labels fill a sheet row by row, after those that are used already', () => {
  expect(placeOf('L7162', 0, 0)).toEqual({ page: 0, x: 4.65, y: 12.9 })
  expect(placeOf('L7162', 1, 0)).toEqual({ page: 0, x: 106.25, y: 12.9 })
  expect(placeOf('L7162', 0, 2).y).toBeCloseTo(46.8)
  expect(placeOf('L7162', 0, 15)).toMatchObject({ page: 0, x: 106.25 })
  expect(placeOf('L7162', 1, 15)).toEqual({ page: 1, x: 4.65, y: 12.9 })
  expect(placeOf('5520', 29, 0)).toMatchObject({ page: 0 })
  expect(placeOf('5520', 30, 0)).toMatchObject({ page: 1 })
})
