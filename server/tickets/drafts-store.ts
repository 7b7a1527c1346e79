import type { MyDraft, TicketDraft } from '../../contract/ticket-drafts.ts'
import type { MacroUse } from '../../contract/tickets.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { visibleTicket } from './visibility.ts'

/** After so many days a draft that nobody came back to is gone. */
export const draftDays = 90

/** The unsent texts of a person on a ticket, with those of their uploads that are still unsent too. */
export const draftsOf = async (db: Db, actor: Actor, ticket: string): Promise<TicketDraft[]> =>
  (
    await sql<TicketDraft>`
    select d.public, d.body, d.macro, d.kept_at as "keptAt", coalesce((
      select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'size', f.size) order by g.place)
      from unnest(d.files) with ordinality g(id, place) join files f on f.id = g.id and f.created_by = ${actor.id} and f.subject_id is null), '[]') as files
    from ticket_drafts d where d.ticket_id = ${ticket} and d.person_id = ${actor.person}::uuid and d.kept_at > now() - make_interval(days => ${draftDays}) order by d.public desc`.execute(
      db,
    )
  ).rows

/** Where a person has something unsent, newest first: a hundred at most, of tickets they see. */
export const draftsBy = async (db: Db, actor: Actor): Promise<MyDraft[]> =>
  (
    await sql<MyDraft>`
    select jsonb_build_object('id', t.id, 'reference', t.reference, 'title', t.title) as ticket, d.public, d.kept_at as "keptAt"
    from ticket_drafts d join tickets t on t.id = d.ticket_id
    where d.person_id = ${actor.person}::uuid and d.kept_at > now() - make_interval(days => ${draftDays}) and ${visibleTicket(actor)}
    order by d.kept_at desc limit 100`.execute(db)
  ).rows

/** In place of what was kept before; whichever device wrote last is right. Takes along a few that are too old. */
export async function saveDraft(
  db: Db,
  draft: {
    ticket: string
    person: string
    public: boolean
    body: string
    files: readonly string[]
    macro: MacroUse | null
    at: string
  },
): Promise<void> {
  await sql`
    insert into ticket_drafts (ticket_id, person_id, public, body, files, macro, kept_at)
    values (${draft.ticket}, ${draft.person}, ${draft.public}, ${draft.body}, ${draft.files}::uuid[], ${draft.macro === null ? null : JSON.stringify(draft.macro)}::jsonb, ${draft.at})
    on conflict (ticket_id, person_id, public) do update set body = excluded.body, files = excluded.files, macro = excluded.macro, kept_at = excluded.kept_at`.execute(
    db,
  )
  await sql`delete from ticket_drafts where (ticket_id, person_id, public) in (
    select ticket_id, person_id, public from ticket_drafts where kept_at < now() - make_interval(days => ${draftDays}) order by kept_at limit 20 for update skip locked)`.execute(
    db,
  )
}

export const dropDraft = (db: Db, ticket: string, person: string, isPublic: boolean) =>
  sql`delete from ticket_drafts where ticket_id = ${ticket} and person_id = ${person} and public = ${isPublic}`.execute(
    db,
  )
