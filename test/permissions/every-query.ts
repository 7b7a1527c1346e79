import { addressOf } from '../../contract/client.ts'
import type { Action } from '../../contract/action.ts'

/** What to ask for: each named value is tried wherever an action takes a field of that name. */
export type Asked = Record<string, readonly unknown[]>

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
/** What an action does not answer without. */
const needed: Record<string, unknown> = { q: 'a', country: 'DE', year: 2026, from: inDays(-30), to: inDays(60) }

interface Described {
  required?: string[]
  properties?: Record<string, { enum?: unknown[]; format?: string }>
}

/**
 * Addresses of a GET action: with what it needs, with each single parameter, and with each parameter together with an exact
 * count. `{id}` in the path takes every id there is.
 */
export function addressesOf(action: Action, schema: Described, asked: Asked): string[] {
  const fields = Object.keys(schema.properties ?? {})
  const inPath = [...action.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!)
  let bases: Record<string, unknown>[] = [{}]
  for (const field of inPath)
    bases = (asked[field] ?? ['x']).flatMap((value) => bases.map((base) => ({ ...base, [field]: value })))
  const always = Object.fromEntries(
    (schema.required ?? [])
      .filter((field) => !inPath.includes(field) && (field in needed || asked[field]?.[0] !== undefined))
      .map((field) => [
        field,
        schema.properties?.[field]?.format === 'date'
          ? String(needed[field]).slice(0, 10)
          : (needed[field] ?? asked[field]?.[0]),
      ]),
  )
  const single = fields
    .filter((field) => !inPath.includes(field))
    .flatMap((field) =>
      [...(asked[field] ?? []), ...(schema.properties?.[field]?.enum ?? [])].map((value) => ({ [field]: value })),
    )
  const found = new Set<string>()
  for (const base of bases)
    for (const one of [{}, ...single])
      for (const more of fields.includes('count') ? [{}, { count: 'exact' }] : [{}]) {
        const { path, rest } = addressOf(action, { ...always, ...base, ...more, ...one })
        found.add(
          `${path}?${new URLSearchParams(Object.entries(rest).map(([k, v]): [string, string] => [k, String(v)])).toString()}`,
        )
      }
  return [...found]
}
