import { chatChannels } from '../contract/chat-channels.ts'
import { notificationPreferences } from '../contract/notifications.ts'
import type { Opened } from '../server/main.ts'
import type { Actor } from '../server/platform/ctx.ts'
import { sql } from '../server/platform/db.ts'
import { newId } from '../server/platform/identifiers.ts'
import { addressOf } from './company.ts'
import type { Cast } from './load-demo.ts'
import { dayIn } from './day-in.ts'

const hourMs = 3_600_000
interface PastMail {
  to: string
  kind: 'notices' | 'digest'
  state: 'sent' | 'skipped' | 'failed'
  hoursAgo: number
  problem?: { code: string; params?: Record<string, string>; what: string }
  cameBack?: boolean
}

const unknown = '550 5.1.1 recipient unknown'
const mails: PastMail[] = [
  ...['Cora Lindqvist', 'Nora Haldorsen', 'Jonas Weber', 'Stellan Bruun', 'Magda Wilk'].map((to): PastMail => ({
    to,
    kind: 'digest',
    state: 'sent',
    hoursAgo: 5,
  })),
  {
    to: 'Hanne Moe',
    kind: 'digest',
    state: 'skipped',
    hoursAgo: 5,
    problem: { code: 'mail.skipped.empty', what: 'nothing' },
  },
  { to: 'Jonas Weber', kind: 'notices', state: 'sent', hoursAgo: 3 },
  { to: 'Nora Haldorsen', kind: 'notices', state: 'sent', hoursAgo: 2 },
  {
    to: 'Tim Reinders',
    kind: 'notices',
    state: 'skipped',
    hoursAgo: 2,
    problem: { code: 'mail.skipped.read', what: 'nothing' },
  },
  {
    to: 'Lotte Harms',
    kind: 'notices',
    state: 'failed',
    hoursAgo: 1,
    problem: { code: 'mail.problem.address', params: { response: unknown }, what: 'address' },
  },
  {
    to: 'Peer Janssen',
    kind: 'notices',
    state: 'sent',
    hoursAgo: 26,
    problem: { code: 'mail.problem.came-back', params: { response: '452 4.2.2 mailbox full' }, what: 'address' },
    cameBack: true,
  },
]

/** How people of the invented company are told, and what was mailed: the pages of mail and notifications have something to show. */
export async function tellByMail(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from chat_channels limit 1`.execute(db)).rows.length > 0) return
  const actor = (name: string): Actor => cast.actors.get(name)!
  const save = (name: string, chosen: object) => opened.act(actor(name), notificationPreferences.save, chosen)
  await save('Jonas Weber', { quiet: { from: '20:00', until: '06:30' }, ways: { promises: { mail: 'at-once' } } })
  await save('Cora Lindqvist', { digestAt: '07:00', ways: { outcomes: { mail: 'working-hours' } } })
  await save('Silje Aune', {
    absence: { firstDay: dayIn(-2), lastDay: dayIn(9), delegate: actor('Jonas Weber').id },
  })
  const workplace = await sql<{ id: string }>`select id from teams where name = 'Workplace' limit 1`.execute(db)
  // hosts that never resolve (RFC 6761): the demo speaks to nobody
  await opened.act(actor('Cora Lindqvist'), chatChannels.create, {
    kind: 'teams',
    name: 'Workplace',
    address: 'https://workflows.invalid/workplace',
    owner: { kind: 'team', id: workplace.rows[0]!.id },
    topics: ['promises', 'escalations'],
    inWorkingHours: true,
  })
  await opened.act(actor('Jonas Weber'), chatChannels.create, {
    kind: 'slack',
    name: 'My messages',
    address: 'https://hooks.invalid/jonas',
    owner: { kind: 'person' },
  })
  for (const [n, mail] of mails.entries()) {
    const id = newId()
    const at = new Date(Date.now() - mail.hoursAgo * hourMs).toISOString()
    const problem = mail.problem === undefined ? null : JSON.stringify({ ...mail.problem, at })
    await sql`
      insert into mails (id, organisation_id, person_id, kind, content, cause, message_id, state, attempts, tried_since, address, problem, created_at, done_at, bounced_at)
      values (${id}, ${opened.organisation}, ${actor(mail.to).id}, ${mail.kind}, '{}', ${`demo:${n}`}, ${`<${id}@demo.invalid>`}, ${mail.state}, ${mail.state === 'skipped' ? 0 : 1},
        ${at}::timestamptz, ${addressOf(mail.to)}, ${problem}::jsonb, ${at}::timestamptz, ${at}::timestamptz, ${mail.cameBack === true ? at : null}::timestamptz)`.execute(
      db,
    )
  }
  await sql`
    insert into bouncing_addresses (address, organisation_id, person_id, since, status, words)
    values (${addressOf('Lotte Harms')}, ${opened.organisation}, ${actor('Lotte Harms').id}, now() - interval '1 hour', '5.1.1', ${unknown})`.execute(
    db,
  )
}
