import { type Db, sql } from '../../platform/db.ts'
import { storableJson } from '../../platform/rules/storable-text.ts'
import type { columnsOf } from './incident-events.ts'

export type ImportedColumns = ReturnType<typeof columnsOf>

export interface ImportedTicket extends ImportedColumns {
  id: string
  reference: string
  title: string
  /** Sanitised HTML. */
  description: string
  opened_by: string | null
  opened_by_name: string
  created_at: string
  updated_at: string
  due_at: string
  service_level_id: string | null
}

const columns = sql`id, reference, title, description, state, impact, urgency, priority, queue_id, assignee_id, requester_id, category_id, vendor_id, waiting_since, resolved_at, closed_at, reopen_count,
  opened_by, opened_by_name, created_at, updated_at, due_at, service_level_id`

export async function insertImported(tx: Db, organisation: string, tickets: readonly ImportedTicket[]): Promise<void> {
  if (tickets.length === 0) return
  await sql`
    insert into tickets (organisation_id, kind, source, last_activity_at, ${columns})
    select ${organisation}, 'incident', 'import', updated_at, ${columns}
    from jsonb_to_recordset(${storableJson(tickets)}::jsonb) as g(id uuid, reference text, title text, description text, state text, impact smallint, urgency smallint, priority smallint, queue_id uuid,
      assignee_id uuid, requester_id uuid, category_id uuid, vendor_id uuid, waiting_since timestamptz, resolved_at timestamptz, closed_at timestamptz, reopen_count int,
      opened_by uuid, opened_by_name text, created_at timestamptz, updated_at timestamptz, due_at timestamptz, service_level_id uuid)`.execute(
    tx,
  )
}

/** Saves what the source changed since the last import; the rest of each ticket stays as people here left it. */
export async function updateImported(
  tx: Db,
  ticket: string,
  changed: Partial<ImportedColumns> & { title?: string; description?: string },
  at: string,
): Promise<void> {
  await tx
    .updateTable('tickets')
    .set({
      ...changed,
      version: sql`version + 1`,
      updated_at: sql`greatest(updated_at, ${at}::timestamptz)`,
      last_activity_at: sql`greatest(last_activity_at, ${at}::timestamptz)`,
    })
    .where('id', '=', ticket)
    .execute()
}
