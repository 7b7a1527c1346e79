import { addressOf } from '../../contract/client.ts'
import type { Action } from '../../contract/action.ts'

/** What to ask for: each named value is tried wherever an action takes a field of that name. */
export type Asked = Record<string, readonly unknown[]>

interface Described {
  properties?: Record<string, { enum?: unknown[] }>
}

/**
 * Addresses of a GET action: as it is, with each single parameter, and with each parameter together with an exact
 * count. `{id}` in the path takes every id there is.
 */
export function addressesOf(action: Action, schema: Described, asked: Asked): string[] {
  const fields = Object.keys(schema.properties ?? {})
  const inPath = [...action.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!)
  let bases: Record<string, unknown>[] = [{}]
  for (const field of inPath)
    bases = (asked[field] ?? ['x']).flatMap((value) => bases.map((base) => ({ ...base, [field]: value })))
  const needed: Record<string, unknown> = { q: 'a', country: 'DE', year: 2026 }
  const always = Object.fromEntries(
    fields.filter((f) => f in needed && action.name !== 'tickets.list').map((f) => [f, needed[f]]),
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
