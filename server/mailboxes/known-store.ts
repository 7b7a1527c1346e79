import type { MailLimits } from '../../contract/mailboxes.ts'
import type { TicketState } from '../../contract/tickets.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { insideTicket, visibleTicket } from '../tickets/public.ts'
import type { Sender } from './sender.ts'

/** Within which the limits count. */
const windowMinutes = 10

export interface Around {
  sender: Sender | null
  same: { ticket: string | null; reference: string | null } | null
  isOurs: boolean
  recentOfSender: number
  recentNewSenders: number
  /** Tickets by the Message-IDs of the message, each with the place of its id. */
  threads: { ticket: string; place: number }[]
}

/** Everything around a message that one statement can answer. `receivedAt`: ISO instant. */
export async function aroundMail(
  db: Db,
  organisation: string,
  mail: {
    id: string | null
    from: string
    messageId: string | null
    fingerprint: Buffer | null
    named: readonly string[]
    receivedAt: string
    /** Counted no further than what is asked about. */
    limits: MailLimits
  },
): Promise<Around> {
  const since = sql`(${mail.receivedAt}::timestamptz - make_interval(mins => ${windowMinutes}))`
  const { rows } = await sql<{
    sender: Sender | null
    same: Around['same']
    ours: boolean
    recent: number
    fresh: number
    threads: Around['threads'] | null
  }>`
    select
      (select jsonb_build_object('person', p.id, 'name', p.name, 'account', a.id, 'role', a.role,
          'addresses', (select jsonb_agg(o.email order by o.position) from person_emails o where o.person_id = p.id))
        from person_emails e join persons p on p.id = e.person_id and p.organisation_id = ${organisation} left join accounts a on a.person_id = p.id and a.disabled_at is null
        where e.email = ${mail.from} and p.active) as sender,
      (select jsonb_build_object('ticket', m.ticket_id, 'reference', t.reference) from incoming_mails m left join tickets t on t.id = m.ticket_id
        where m.organisation_id = ${organisation} and m.fingerprint = ${mail.fingerprint} and m.id is distinct from ${mail.id}::uuid and m.state = 'taken' limit 1) as same,
      (exists (select 1 from mails where message_id = ${mail.messageId} and organisation_id = ${organisation})) as ours,
      (select count(*) from (select 1 from incoming_mails m where m.organisation_id = ${organisation} and m.from_address = ${mail.from}
        and m.received_at > ${since} and m.received_at <= ${mail.receivedAt}::timestamptz and m.state = 'taken' limit ${mail.limits.perSender}) x) as recent,
      (select count(*) from (select 1 from incoming_mails m where m.organisation_id = ${organisation} and m.did = 'opened-for-new'
        and m.received_at > ${since} and m.received_at <= ${mail.receivedAt}::timestamptz limit ${mail.limits.newSenders}) x) as fresh,
      (select jsonb_agg(jsonb_build_object('ticket', th.ticket_id, 'place', g.place) order by g.place)
        from unnest(${mail.named}::text[]) with ordinality as g(id, place) join threaded_mails th on th.message_id = g.id and th.organisation_id = ${organisation}) as threads`.execute(
    db,
  )
  const row = rows[0]!
  return {
    sender: row.sender,
    same: row.same,
    isOurs: row.ours,
    recentOfSender: row.recent,
    recentNewSenders: row.fresh,
    threads: row.threads ?? [],
  }
}

export interface StoredCandidate {
  id: string
  reference: string
  state: TicketState
  confidential: boolean
  resolved_at: string | null
  follow_up: string | null
  is_requester: boolean
  /** The ticket is for them; `is_requester` is also who opened it for somebody else. */
  asked: boolean
  is_watcher: boolean
  is_outside: boolean
  is_staff: boolean
  recent: number
}

/** Tickets by id or reference, with what the sender is to each. `staff`: the sender where they work on tickets. */
export async function candidateTickets(
  db: Db,
  organisation: string,
  asked: { ids: readonly string[]; references: readonly string[] },
  who: { person: string | null; address: string; staff: Actor | null },
  { receivedAt, most }: { receivedAt: string; most: number },
): Promise<StoredCandidate[]> {
  if (asked.ids.length === 0 && asked.references.length === 0) return []
  const staff =
    who.staff === null
      ? sql<boolean>`false`
      : sql<boolean>`(${visibleTicket(who.staff)} and ${insideTicket(who.staff)})`
  const { rows } = await sql<StoredCandidate>`
    select t.id, t.reference, t.state, t.confidential, t.resolved_at, mt.follow_up_id as follow_up,
      coalesce(t.requester_id = ${who.person}::uuid or t.opened_by = ${who.person}::uuid, false) as is_requester,
      coalesce(t.requester_id = ${who.person}::uuid, false) as asked,
      (exists (select 1 from ticket_watchers w where w.ticket_id = t.id and w.person_id = ${who.person}::uuid)) as is_watcher,
      (exists (select 1 from outside_participants o where o.ticket_id = t.id and o.address = ${who.address})) as is_outside,
      ${staff} as is_staff,
      (select count(*) from (select 1 from incoming_mails m where m.ticket_id = t.id and m.state = 'taken'
        and m.received_at > ${receivedAt}::timestamptz - make_interval(mins => ${windowMinutes}) and m.received_at <= ${receivedAt}::timestamptz limit ${most}) x) as recent
    from tickets t left join mailed_tickets mt on mt.ticket_id = t.id
    where t.organisation_id = ${organisation} and (t.id = any(${asked.ids}::uuid[]) or t.reference = any(${asked.references}::text[]))`.execute(
    db,
  )
  return rows
}
