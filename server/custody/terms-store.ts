import { type Db, sql } from '../platform/db.ts'

export interface StoredTerms {
  id: string
  category_id: string | null
  category_name: string | null
  revision: number
  body: string
  created_at: string
  created_by_name: string
}

/** The latest wording for each category, and for all others. */
export async function termsInForce(db: Db, organisation: string): Promise<StoredTerms[]> {
  const { rows } = await sql<StoredTerms>`
    select distinct on (coalesce(t.category_id::text, '')) t.id, t.category_id, c.name as category_name, t.revision, t.body, t.created_at, t.created_by_name
    from custody_terms t left join asset_categories c on c.id = t.category_id where t.organisation_id = ${organisation}
    order by coalesce(t.category_id::text, ''), t.revision desc`.execute(db)
  return rows
}

export async function insertTermsRevision(
  db: Db,
  t: { id: string; organisation: string; category: string | null; revision: number; body: string; by: string },
): Promise<void> {
  await sql`
    insert into custody_terms (id, organisation_id, category_id, revision, body, created_by_name)
    values (${t.id}, ${t.organisation}, ${t.category}, ${t.revision}, ${t.body}, ${t.by})`.execute(db)
}
