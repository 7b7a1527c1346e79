import { type Db, sql } from '../platform/db.ts'

/** A commitment by hand as it is written for the first time. */
export interface NewByHand {
  commitment: string
  title: string
  note: string
  allDay: boolean
  zone: string
  private: boolean
  needsEvidence: boolean
  madeBy: string | null
  madeByName: string
  series: string | null
  /** Date of the occurrence of its series. */
  occursOn: string | null
}

/** Writes it under the next reference and answers that. */
export async function insertByHand(tx: Db, h: NewByHand): Promise<string> {
  const { rows } = await sql<{ reference: string }>`
    insert into commitments_by_hand (commitment_id, reference, title, note, all_day, zone, private, needs_evidence, made_by, made_by_name, series_id, occurs_on)
    values (${h.commitment}, 'CMT-' || nextval('commitment_number'), ${h.title}, ${h.note}, ${h.allDay}, ${h.zone}, ${h.private}, ${h.needsEvidence}, ${h.madeBy}, ${h.madeByName}, ${h.series}, ${h.occursOn})
    returning reference`.execute(tx)
  return rows[0]!.reference
}

/** Writes the words of commitments that records made, due at the end of a date unless said otherwise, each under a reference of its own. */
export async function insertManyByHand(
  tx: Db,
  list: readonly { commitment: string; title: string; zone: string; madeByName: string; allDay?: boolean }[],
): Promise<void> {
  if (list.length === 0) return
  await sql`
    insert into commitments_by_hand (commitment_id, reference, title, all_day, zone, made_by_name)
    select g.c, 'CMT-' || nextval('commitment_number'), g.t, g.d, g.z, g.b
    from unnest(${list.map((h) => h.commitment)}::uuid[], ${list.map((h) => h.title)}::text[], ${list.map((h) => h.zone)}::text[], ${list.map((h) => h.madeByName)}::text[], ${list.map((h) => h.allDay ?? true)}::boolean[]) as g(c, t, z, b, d)`.execute(
    tx,
  )
}

export async function saveCompletion(tx: Db, commitment: string, evidence: string, by: string): Promise<void> {
  await sql`update commitments_by_hand set evidence = ${evidence === '' ? null : evidence}, completed_by_name = ${by} where commitment_id = ${commitment}`.execute(
    tx,
  )
}

export async function saveDueForm(tx: Db, commitment: string, allDay: boolean, zone: string): Promise<void> {
  await sql`update commitments_by_hand set all_day = ${allDay}, zone = ${zone} where commitment_id = ${commitment}`.execute(
    tx,
  )
}

/** Puts a commitment aside; null ends that. */
export async function saveSnooze(
  tx: Db,
  commitment: string,
  snooze: { until: string; reason: string; by: string } | null,
): Promise<void> {
  await sql`
    update commitments set snoozed_until = ${snooze?.until ?? null}, snoozed_reason = ${snooze?.reason ?? null}, snoozed_by = ${snooze?.by ?? null}, version = version + 1, updated_at = now()
    where id = ${commitment}`.execute(tx)
}

/** Titles of those of the commitments that were made by hand. */
export async function titlesOf(db: Db, commitments: readonly string[]): Promise<Map<string, string>> {
  if (commitments.length === 0) return new Map()
  const { rows } = await sql<{ id: string; title: string }>`
    select commitment_id as id, title from commitments_by_hand where commitment_id = any(${commitments}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row.title]))
}

/** The name of an active person or team of the organisation. */
export async function nameOfOwner(
  db: Db,
  organisation: string,
  owner: { kind: 'person' | 'team'; id: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select name from ${owner.kind === 'person' ? sql`persons` : sql`teams`} where id = ${owner.id} and organisation_id = ${organisation} and active`.execute(
    db,
  )
  return rows[0]?.name
}

/** The calendar on whose hours escalation counts: the organisation's first. */
export async function hoursOf(db: Db, organisation: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select v.id from calendars c join calendar_versions v on v.calendar_id = c.id and v.revision = c.revision
    where c.organisation_id = ${organisation} and c.active order by c.created_at, c.id limit 1`.execute(db)
  return rows[0]?.id
}

/** Members of a team who can sign in. */
export async function membersOf(db: Db, team: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select m.person_id as id from team_members m join accounts a on a.person_id = m.person_id and a.disabled_at is null where m.team_id = ${team}`.execute(
    db,
  )
  return rows.map((row) => row.id)
}
