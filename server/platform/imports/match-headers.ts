import { createHash } from 'node:crypto'
import type { Sentence } from '../sentences.ts'
import { columnLetter } from './column-letter.ts'
import { ImportProblem } from './import-problem.ts'
import type { ImportField } from './source.ts'
import { cut } from '../rules/storable-text.ts'

export interface MatchedHeaders {
  /** For each column of the file the field it fills; null where none. */
  columns: (string | null)[]
  headers: { header: string; field: string | null }[]
  problems: Sentence[]
}

/** `Assignment Group`, `assignment_group` and `assignmentGroup ` are one header. */
export const plainHeader = (header: string): string =>
  header
    .trim()
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')

/** Names a kind of file: equal headers in equal order. */
export const headersHash = (headers: readonly string[]): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(headers.map(plainHeader)))
    .digest()

/** A mapping can name a column by its number (`#13`): where two have one header, or one has none. */
const numberOf = (header: string): number | null => {
  const found = /^#(\d{1,5})$/.exec(header.trim())
  return found === null ? null : Number(found[1])
}

/** Entries that say what a word of the file means (`state:On loan`), not what a column is. */
export const isWordEntry = (header: string): boolean => /^state:/i.test(header)

/** What of a mapping fits neither the file nor the source: a field there is not, a header the file does not have. */
export function strayEntries(
  headers: readonly string[],
  fields: readonly ImportField[],
  mapping: Readonly<Record<string, string>>,
): { unknownField: { header: string; field: string } | null; missingHeaders: Sentence[] } {
  const known = new Set(fields.map((f) => f.field))
  const plain = new Set(headers.map(plainHeader))
  const entries = Object.entries(mapping).filter(([header]) => !isWordEntry(header))
  const unknown = entries.find(([, field]) => field !== '' && !known.has(field))
  return {
    unknownField: unknown === undefined ? null : { header: unknown[0], field: unknown[1] },
    missingHeaders: entries
      .filter(([header]) => {
        const n = numberOf(header)
        return n === null ? !plain.has(plainHeader(header)) : n < 1 || n > headers.length
      })
      .map(([header]) => ({ code: 'imports.mapping-header-missing', params: { header: cut(header, 100) } })),
  }
}

/**
 * Says which column fills which field: by the given mapping (header or `#number` → field, `''` for none) first, else by name or
 * alias. Where two columns fill one field the first is taken, and the other said.
 */
export function matchColumns(
  headers: readonly string[],
  fields: readonly ImportField[],
  mapping: Readonly<Record<string, string>> = {},
  keepsRest = false,
): MatchedHeaders & { taken: ReadonlySet<string>; rest: ReadonlySet<number> } {
  const byName = new Map(fields.flatMap((f) => [f.field, ...f.aliases].map((name) => [plainHeader(name), f.field])))
  const known = new Set(fields.map((f) => f.field))
  const mapped = new Map<string | number, string>()
  for (const [header, field] of Object.entries(mapping)) mapped.set(numberOf(header) ?? plainHeader(header), field)
  const taken = new Set<string>()
  const columns: (string | null)[] = headers.map(() => null)
  const problems: Sentence[] = []
  const wanted = headers.map((header, index) => {
    const given = mapped.get(index + 1) ?? (plainHeader(header) === '' ? undefined : mapped.get(plainHeader(header)))
    return { given, byNumber: mapped.has(index + 1), named: byName.get(plainHeader(header)) }
  })
  const take = (index: number, field: string | undefined) => {
    if (field === undefined || field === '' || !known.has(field) || taken.has(field)) return
    taken.add(field)
    columns[index] = field
  }
  for (const [index, { given }] of wanted.entries()) take(index, given)
  for (const [index, { given, named }] of wanted.entries()) if (given === undefined) take(index, named)
  const rest = new Set<number>()
  const seen = new Set<string>()
  for (const [index, header] of headers.entries()) {
    const plain = plainHeader(header)
    const { given, named, byNumber } = wanted[index]!
    const field = given ?? named
    const again = seen.has(plain)
    seen.add(plain)
    if (columns[index] !== null || (byNumber && given === '')) continue
    const say = (code: string) =>
      void problems.push({
        code,
        params: { header: cut(header, 100), column: index + 1, letter: columnLetter(index + 1) },
      })
    if (plain === '') say('imports.header-empty')
    else if (again || (field !== undefined && field !== '' && known.has(field))) say('imports.header-doubled')
    else if (given !== '') {
      if (keepsRest) rest.add(index)
      say(keepsRest ? 'imports.header-kept' : 'imports.header-unknown')
    }
  }
  return {
    columns,
    headers: headers.map((header, i) => ({ header: cut(header, 200), field: columns[i]! })),
    problems,
    taken,
    rest,
  }
}

/** As `matchColumns`; throws where a field that must have a column has none. */
export function matchHeaders(
  headers: readonly string[],
  fields: readonly ImportField[],
  mapping: Readonly<Record<string, string>> = {},
  needsOneOf: readonly string[] = [],
  keepsRest = false,
): MatchedHeaders & { rest: ReadonlySet<number> } {
  const { taken, ...matched } = matchColumns(headers, fields, mapping, keepsRest)
  const missing = fields.filter((f) => f.required && !taken.has(f.field)).map((f) => f.field)
  const isNameless = needsOneOf.length > 0 && !needsOneOf.some((field) => taken.has(field))
  if (missing.length > 0 || isNameless)
    throw new ImportProblem(missing.length > 0 ? 'imports.fields-missing' : 'imports.fields-missing-all', {
      fields: (missing.length > 0 ? missing : needsOneOf).join(', '),
      headers: headers
        .map((h) => h.trim())
        .filter((h) => h !== '')
        .join(', ')
        .slice(0, 1000),
    })
  return matched
}
