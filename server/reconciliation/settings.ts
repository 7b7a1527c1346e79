import { differenceKinds, type KindSettings, type ReconciliationSettings } from '../../contract/reconciliation.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Settings } from './rules/facts.ts'
import { asInstalled } from './rules/kinds.ts'

/** As they are stored: only what differs from what an installation starts with. */
export interface StoredSettings {
  owner: string | null
  kinds: Partial<Record<keyof Settings, Partial<KindSettings>>>
  categories: { category: string; days: number | null; expected: boolean }[]
}

const nameOf = (organisation: string): string => `reconciliation ${organisation}`
const empty: StoredSettings = { owner: null, kinds: {}, categories: [] }

export async function storedSettings(
  db: Db,
  organisation: string,
  lock = false,
): Promise<StoredSettings & { version: number }> {
  const { rows } = await sql<{ version: number; value: Partial<StoredSettings> }>`
    select version, value from settings where name = ${nameOf(organisation)} ${lock ? sql`for update` : sql``}`.execute(
    db,
  )
  const row = rows[0]
  return { ...empty, ...row?.value, version: row?.version ?? 1 }
}

export async function saveStoredSettings(
  db: Db,
  organisation: string,
  { version, ...value }: StoredSettings & { version: number },
): Promise<void> {
  await sql`
    insert into settings (name, version, value) values (${nameOf(organisation)}, ${version + 1}, ${JSON.stringify(value)}::jsonb)
    on conflict (name) do update set value = excluded.value, version = settings.version + 1`.execute(db)
}

/** Every kind with all that is said of it. */
export const wholeKinds = (stored: StoredSettings): Settings =>
  Object.fromEntries(differenceKinds.map((kind) => [kind, { ...asInstalled[kind], ...stored.kinds[kind] }])) as Settings

export async function shownSettings(db: Db, organisation: string): Promise<ReconciliationSettings> {
  const stored = await storedSettings(db, organisation)
  const owner =
    stored.owner === null
      ? null
      : ((await sql<{ id: string; name: string }>`select id, name from persons where id = ${stored.owner}`.execute(db))
          .rows[0] ?? null)
  const names = new Map(
    (
      await sql<{ id: string; name: string }>`
        select id, name from asset_categories where id = any(${stored.categories.map((one) => one.category)}::uuid[])`.execute(
        db,
      )
    ).rows.map((row) => [row.id, row.name]),
  )
  return {
    version: stored.version,
    owner,
    kinds: wholeKinds(stored),
    categories: stored.categories.flatMap((one) => {
      const name = names.get(one.category)
      return name === undefined ? [] : [{ ...one, name }]
    }),
  }
}
