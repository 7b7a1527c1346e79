import type { RawBuilder } from 'kysely'
import { sql } from '../platform/db.ts'

/** Persons who are away at this moment and named this person to hear and act for them, as a subquery of ids. */
export const awayAndNamed = (person: string | null): RawBuilder<unknown> =>
  sql`(select s.person_id from notification_settings s where s.delegate_id = ${person}::uuid and s.absent_from <= now() and s.absent_until > now())`
