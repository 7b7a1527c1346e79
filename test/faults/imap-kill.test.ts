import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '../../contract/client.ts'
import { mailboxes } from '../../contract/mailboxes.ts'
import { sql } from '../../server/platform/db.ts'
import { hashOf, newId, newSecret } from '../../server/platform/identifiers.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from '../support/dovecot.ts'
import { type Killable, startKillable } from './killable.ts'

const long = process.env['LINCHPIN_LONG'] === '1'
const messages = long ? 10_000 : 400
const kills = long ? 12 : 2
const why = whyNoDovecot()
if (why !== null) console.warn(`Mail is not fetched while processes are killed: ${why}.`)

let killable: Killable
let dovecot: Dovecot

beforeAll(async () => {
  if (why !== null) return
  dovecot = await startDovecot()
  killable = await startKillable()
}, 120_000)
afterAll(async () => {
  await killable?.stop()
  await dovecot?.stop()
}, 60_000)

async function mailboxOf(user: string): Promise<string> {
  const { db } = killable.database
  const organisation = (await sql<{ id: string }>`select id from organisations`.execute(db)).rows[0]!.id
  const [queue, key] = [newId(), newSecret()]
  await sql`insert into queues (id, organisation_id, name, is_default) values (${queue}, ${organisation}, 'Desk', false)`.execute(
    db,
  )
  await sql`insert into api_keys (id, organisation_id, name, role, prefix, key_hash) values (${newId()}, ${organisation}, 'faults', 'coordinator', ${key.slice(0, 8)}, ${hashOf(key)})`.execute(
    db,
  )
  const made = await createClient({ base: killable.app.base, key })(mailboxes.create, {
    name: 'Desk',
    kind: 'imap',
    addresses: ['desk@brightwater.example'],
    queue,
    limits: { perThread: 10_000, perSender: 100_000, newSenders: 1_000_000 },
    connection: { host: '127.0.0.1', port: dovecot.port, encryption: 'never', user },
    secrets: { password: 'correct' },
  })
  return made.id
}

/** Puts them in as another client does. */
async function fill(user: string): Promise<void> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: dovecot.port,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: 'correct' },
    logger: false,
  })
  await client.connect()
  for (let at = 0; at < messages; at += 1)
    await client.append(
      'INBOX',
      `From: Rita ${at % 50} <rita${at % 50}@example.test>\r\nTo: desk@brightwater.example\r\nSubject: number ${at}\r\nMessage-ID: <${at}@example.test>\r\nDate: Mon, 5 Oct 2026 08:00:00 +0200\r\n\r\nIt does not print, says number ${at}. ${'x'.repeat(1_800)}\r\n`,
    )
  await client.logout()
}

describe.skipIf(why !== null)('mail while processes die', () => {
  it('becomes one ticket each, whoever is killed when', { timeout: long ? 45 * 60_000 : 180_000 }, async () => {
    await fill('desk')
    const id = await mailboxOf('desk')
    const { db } = killable.database
    const count = async () =>
      Number(
        (await sql<{ n: string }>`select count(*) as n from incoming_mails where mailbox_id = ${id}`.execute(db))
          .rows[0]!.n,
      )
    let killed = 0
    let seen = 0
    for (; killed < kills && (await count()) < messages; killed += 1) {
      // somewhere in the middle of it, not before it goes on
      for (let tries = 0; tries < 600 && (await count()) <= seen; tries += 1) await pause(20)
      await pause(Math.random() * (long ? 800 : 50))
      seen = await count()
      if (killed % 2 === 0) {
        await killable.app.kill()
        await killable.app.start()
        // the lease of the node that died, which lasts half a minute, has run out
        await sql`update imap_leases set until = now()`.execute(db)
      } else await dovecot.restart(Math.random() * 500)
    }
    for (let tries = 0; tries < 1_200 && (await count()) < messages; tries += 1) await pause(100)
    const { rows } = await sql<{ subject: string }>`
      select substring(convert_from(body, 'utf8') from 'Subject: ([^\r\n]*)') as subject from incoming_mails where mailbox_id = ${id}`.execute(
      db,
    )
    expect(new Set(rows.map((one) => one.subject)).size).toBe(messages)
    expect(rows).toHaveLength(messages)
    expect(killed).toBeGreaterThan(0)
    const taken = async () =>
      Number(
        (
          await sql<{
            n: string
          }>`select count(*) as n from incoming_mails where mailbox_id = ${id} and state <> 'received'`.execute(db)
        ).rows[0]!.n,
      )
    for (let tries = 0; tries < (long ? 18_000 : 1_200) && (await taken()) < messages; tries += 1) {
      // what a node that died had in hand is taken again at once
      if (tries === 50) await sql`update incoming_mails set next_at = now() where state = 'received'`.execute(db)
      await pause(100)
    }
    const { rows: tickets } = await sql<{ title: string }>`select title from tickets`.execute(db)
    expect(new Set(tickets.map((one) => one.title)).size).toBe(messages)
    expect(tickets).toHaveLength(messages)
  })
})
