import { assetsById } from '../assets/public.ts'
import type { Db } from '../platform/db.ts'

/** What assets are called, by id. */
export async function nameAssets(
  db: Db,
  organisation: string,
  ids: readonly string[],
): Promise<Map<string, { tag: string; name: string }>> {
  if (ids.length === 0) return new Map()
  const found = await assetsById(db, organisation, [...new Set(ids)])
  return new Map(found.map(({ id, tag, name }) => [id, { tag, name }]))
}
