import type { Answer } from '../../contract/action.ts'
import type { imports } from '../../contract/imports.ts'

export type Preview = Answer<typeof imports.preview>

/** How a mapping names a column: by its header, or by its number where another has the same header or it has none. */
export function nameOf(columns: Preview['columns'], column: number): string {
  const { header = '' } = columns.find((one) => one.column === column) ?? {}
  const plain = header.trim().toLowerCase()
  const isAlone = columns.filter((one) => one.header.trim().toLowerCase() === plain).length === 1
  return header !== '' && isAlone ? header : `#${column}`
}

/** The fields the columns fill with what was chosen by column on top; null: left out. A field that is chosen is taken from where it was. */
export function chosenFields(preview: Preview, chosen: Readonly<Record<number, string>>): Map<number, string | null> {
  const fields = new Map<number, string | null>()
  const byHand = new Set(Object.values(chosen))
  for (const { column, field } of preview.columns) {
    const picked = chosen[column]
    fields.set(column, picked === undefined ? (field !== null && byHand.has(field) ? null : field) : picked || null)
  }
  return fields
}

/** The mapping to send; undefined where the columns stay as the headers say. */
export function mappingOf(
  preview: Preview,
  chosen: Readonly<Record<number, string>>,
): Record<string, string> | undefined {
  if (Object.keys(chosen).length === 0) return undefined
  const fields = chosenFields(preview, chosen)
  return Object.fromEntries(
    preview.columns
      .filter(({ column, field }) => field !== null || (fields.get(column) ?? null) !== null)
      .map(({ column }) => [nameOf(preview.columns, column), fields.get(column) ?? '']),
  )
}

/** What a saved mapping says of these columns, as if chosen by hand. */
export function chosenBy(preview: Preview, mapping: Readonly<Record<string, string>>): Record<number, string> {
  const plain = (text: string) => text.trim().toLowerCase()
  const entries = new Map(Object.entries(mapping).map(([header, field]) => [plain(header), field]))
  const chosen: Record<number, string> = {}
  for (const { column, header } of preview.columns) {
    const field = entries.get(`#${column}`) ?? (header === '' ? undefined : entries.get(plain(header)))
    if (field === undefined || (field !== '' && Object.values(chosen).includes(field))) continue
    if (field === '' || preview.fields.some((one) => one.field === field)) chosen[column] = field
  }
  return chosen
}

/** What a word of the file that says a state means here; null while nobody has said. */
export interface StateWord {
  word: string
  state: string | null
}

const stateHeader = /^state:/i

/** A mapping with what words of states mean in it. */
export function withStates(
  mapping: Record<string, string> | undefined,
  words: readonly StateWord[],
): Record<string, string> | undefined {
  const said = words.flatMap(({ word, state }) =>
    word.trim() === '' || state === null ? [] : [[`state:${word.trim()}`, state] as const],
  )
  return said.length === 0 ? mapping : { ...mapping, ...Object.fromEntries(said) }
}

/** The words of states that a saved mapping knows. */
export const statesIn = (mapping: Readonly<Record<string, string>>): StateWord[] =>
  Object.entries(mapping)
    .filter(([header]) => stateHeader.test(header))
    .map(([header, state]) => ({ word: header.replace(stateHeader, ''), state }))
