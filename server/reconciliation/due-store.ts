import { type Db, sql } from '../platform/db.ts'

export interface Subject {
  kind: 'asset' | 'device'
  id: string
}

/** Says that subjects must be compared again; each is once in the queue, whatever happened to it. */
export async function queueSubjects(db: Db, organisation: string, subjects: readonly Subject[]): Promise<void> {
  if (subjects.length === 0) return
  await sql`
    insert into differences_due (subject_id, organisation_id, kind)
    select distinct on (id) id, ${organisation}::uuid, kind from jsonb_to_recordset(${JSON.stringify(subjects)}::jsonb) as g(id uuid, kind text) order by id
    on conflict (subject_id) do nothing`.execute(db)
}

/** Takes the next ones of an organisation out; nobody else has them meanwhile. */
export async function takeDue(tx: Db, organisation: string, most: number): Promise<Subject[]> {
  const { rows } = await sql<Subject>`
    delete from differences_due where subject_id = any(array(
      select subject_id from differences_due where organisation_id = ${organisation} order by queued_at, subject_id limit ${most} for update skip locked))
    returning subject_id as id, kind`.execute(tx)
  return rows
}

/** What cannot be compared is left until something happens to it again. */
export const dropDue = async (db: Db, organisation: string): Promise<string | undefined> =>
  (
    await sql<{ id: string }>`
      delete from differences_due where subject_id = (select subject_id from differences_due where organisation_id = ${organisation}
        order by queued_at, subject_id limit 1 for update skip locked) returning subject_id as id`.execute(db)
  ).rows[0]?.id

/**
 * Once a day, and by one node, all is queued: the assets that can differ from what is seen and the devices that wait. Answers whether it was
 * time. `force`: whatever the day, after the settings changed.
 */
export async function queueRound(tx: Db, organisation: string, today: string, force = false): Promise<boolean> {
  // asked every second, and true once a day: what is not yet due takes no lock
  const last = await sql<{
    round_on: string
  }>`select round_on from difference_rounds where organisation_id = ${organisation}`.execute(tx)
  if (!force && last.rows[0] !== undefined && last.rows[0].round_on >= today) return false
  const { rows } = await sql`
    insert into difference_rounds as r (organisation_id, round_on) values (${organisation}, ${today})
    on conflict (organisation_id) do update set round_on = excluded.round_on where r.round_on < excluded.round_on or ${force} returning 1`.execute(
    tx,
  )
  if (rows.length === 0) return false
  await sql`
    insert into seen_categories (category_id) select distinct a.category_id from devices d join assets a on a.id = d.asset_id
    where d.organisation_id = ${organisation} and d.state = 'linked' and d.kind = 'computer'
      and exists (select 1 from agents g where g.device_id = d.id and g.task = 'inventory') on conflict do nothing`.execute(
    tx,
  )
  await sql`
    insert into differences_due (subject_id, organisation_id, kind)
    select a.id, a.organisation_id, 'asset' from assets a where a.organisation_id = ${organisation} and (
      (a.state = 'deployed' and a.category_id in (select category_id from seen_categories))
      or a.id in (select asset_id from devices where state = 'linked') or a.id in (select asset_id from differences where state <> 'closed'))
    union all select d.id, d.organisation_id, 'device' from devices d where d.organisation_id = ${organisation} and (d.state = 'waiting'
      or d.id in (select subject_id from differences where state <> 'closed'))
    on conflict (subject_id) do nothing`.execute(tx)
  return true
}

/** What was seen though it was not, and what is gone and was seen: a report that says nothing new is no event. */
export async function queueSeenAgain(tx: Db, organisation: string): Promise<void> {
  await sql`
    insert into differences_due (subject_id, organisation_id, kind)
    select distinct f.asset_id, f.organisation_id, 'asset' from differences f join agents g on g.device_id = f.device_id
      where f.organisation_id = ${organisation} and f.state <> 'closed' and f.kind = 'unseen' and g.last_seen_at > f.since
    union select d.asset_id, d.organisation_id, 'asset' from assets a join devices d on d.asset_id = a.id and d.state = 'linked' join agents g on g.device_id = d.id
      where a.organisation_id = ${organisation} and a.state in ('lost', 'stolen', 'retired', 'disposed')
        and g.last_seen_at > a.state_since + case when a.state in ('lost', 'stolen') then interval '0' else interval '1 day' end
        and not exists (select 1 from differences f where f.subject_id = a.id and f.kind = 'seen_though_gone' and f.state <> 'closed')
    on conflict (subject_id) do nothing`.execute(tx)
}

export const organisationsOf = async (db: Db): Promise<string[]> =>
  (await sql<{ id: string }>`select id from organisations`.execute(db)).rows.map((row) => row.id)
