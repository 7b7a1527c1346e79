import type { Sentence } from '../sentences.ts'

const yes = new Set(['true', 'yes', 'y', '1', 'x', 'on', 'ja', 'wahr', 'active', 'enabled', 'aktiv', 'aktiviert'])
const no = new Set(['false', 'no', 'n', '0', 'off', 'nein', 'falsch', 'inactive', 'disabled', 'inaktiv', 'deaktiviert'])

/** A yes or no in any of the words that products write for it; null where it is neither. */
export function readYesNo(text: string): boolean | null {
  const word = text.trim().toLowerCase()
  return yes.has(word) ? true : no.has(word) ? false : null
}

/** `6.37702E+15`: a spreadsheet made a number of a text of digits, and most of them are gone for good. */
export const isDamagedNumber = (text: string): boolean => /^[-+]?\d(?:[.,]\d+)?E\+\d{1,3}$/i.test(text.trim())

/** A message for each of the columns that a spreadsheet has damaged. */
export const damagedCells = (cells: Readonly<Record<string, string>>, columns: readonly string[]): Sentence[] =>
  columns
    .filter((column) => isDamagedNumber(cells[column] ?? ''))
    .map((column) => ({ code: 'imports.warning.number-damaged', params: { column, value: cells[column] } }))

/** A cell as one line of so many characters: what is no line becomes a space. Says whether something was cut off. */
export function oneLine(text: string, most: number): { line: string; isCut: boolean } {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim()
  const characters = Array.from(line)
  const isCut = characters.length > most
  return { line: isCut ? characters.slice(0, most).join('').trim() : line, isCut }
}
