import { createHash } from 'node:crypto'
import type { Sentence } from '../sentences.ts'
import { ImportProblem } from './import-problem.ts'
import type { ImportField } from './source.ts'

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

/**
 * Says which column fills which field: by the given mapping (header → field, `''` for none), else by name or alias.
 * Where two columns fill one field the first is taken. Throws where a required field has no column.
 */
export function matchHeaders(
  headers: readonly string[],
  fields: readonly ImportField[],
  mapping: Readonly<Record<string, string>> = {},
): MatchedHeaders {
  const byName = new Map(fields.flatMap((f) => [f.field, ...f.aliases].map((name) => [plainHeader(name), f.field])))
  const known = new Set(fields.map((f) => f.field))
  const mapped = new Map(Object.entries(mapping).map(([header, field]) => [plainHeader(header), field]))
  const taken = new Set<string>()
  const seen = new Set<string>()
  const problems: Sentence[] = []
  const columns = headers.map((header, index) => {
    const plain = plainHeader(header)
    const say = (code: string) =>
      void problems.push({ code, params: { header: header.slice(0, 100), column: index + 1 } })
    const field = mapped.has(plain) ? mapped.get(plain)! : byName.get(plain)
    const doubled = plain !== '' && (seen.has(plain) || (field !== undefined && taken.has(field)))
    seen.add(plain)
    if (plain === '') say('imports.header-empty')
    else if (doubled) say('imports.header-doubled')
    else if (field === undefined || (field !== '' && !known.has(field))) say('imports.header-unknown')
    if (doubled || field === undefined || field === '' || !known.has(field)) return null
    taken.add(field)
    return field
  })
  const missing = fields.filter((f) => f.required && !taken.has(f.field))
  if (missing.length > 0)
    throw new ImportProblem('imports.fields-missing', {
      fields: missing.map((f) => f.field).join(', '),
      headers: headers
        .map((h) => h.trim())
        .filter((h) => h !== '')
        .join(', ')
        .slice(0, 1000),
    })
  return {
    columns,
    headers: headers.map((header, i) => ({ header: header.slice(0, 200), field: columns[i]! })),
    problems,
  }
}
