import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from '../../server/platform/db.ts'
import { hashOf, newId } from '../../server/platform/identifiers.ts'
import { type Killable, startKillable } from './killable.ts'

const messages = process.env['LINCHPIN_LONG'] === '1' ? 10_000 : 300
const senders = 100
const key = 'lpm_a-key-of-this-test-that-is-long-enough'

let killable: Killable

beforeAll(async () => {
  killable = await startKillable({ LINCHPIN_RATE_LIMIT: '0' }, 4)
}, 120_000)
afterAll(async () => {
  await killable?.stop()
}, 60_000)

const message = (n: number) =>
  `From: Sender ${n % senders} <sender${n % senders}@example.test>\r\nTo: desk@example.test\r\nSubject: [INC-${1000 + (n % senders)}] Message ${n}\r\nMessage-ID: <m${n}@example.test>\r\nDate: Tue, 19 May 2026 10:00:00 +0000\r\n\r\nWords of message ${n}.\r\n`

/** Hands a message in over a connection of its own, which may be cut anywhere; whether it was answered with 2xx. */
function handIn(n: number, cutAfterBytes: number | null): Promise<boolean> {
  return new Promise((done) => {
    const body = Buffer.from(message(n))
    const request = Buffer.concat([
      Buffer.from(
        `POST /api/v1/mail/gateway HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: message/rfc822\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
      ),
      body,
    ])
    const socket = connect(killable.app.port, '127.0.0.1')
    let answer = ''
    socket.on('data', (part) => (answer += part.toString()))
    socket.on('error', () => done(false))
    socket.on('close', () => done(/^HTTP\/1\.1 20[01]/.test(answer)))
    socket.on('connect', () => {
      if (cutAfterBytes === null) socket.write(request)
      // what was sent whole may be committed although nobody hears so
      else socket.write(request.subarray(0, cutAfterBytes), () => socket.destroy())
    })
  })
}

it(`takes ${messages} messages in as one note each, whatever is cut and killed`, { timeout: 1_800_000 }, async () => {
  const { db } = killable.database
  const organisation = (await sql<{ id: string }>`select id from organisations`.execute(db)).rows[0]!.id
  const [queue, box] = [newId(), newId()]
  await sql`insert into queues (id, organisation_id, name, is_default) values (${queue}, ${organisation}, 'Desk', not exists (select 1 from queues where is_default))`.execute(
    db,
  )
  await sql`insert into mailboxes (id, organisation_id, name, kind, queue_id, unknown_senders, outsiders, closed_tickets, acknowledge, tagged_replies, most_bytes, limits, templates, key_hash)
    values (${box}, ${organisation}, 'Desk', 'gateway', ${queue}, 'create', 'note', 'reopen', false, true, 1000000, '{"perThread": 10000, "perSender": 100000, "newSenders": 1000000}', '{}', ${hashOf(key)})`.execute(
    db,
  )
  for (let n = 0; n < senders; n++) {
    const [person, ticket] = [newId(), newId()]
    await sql`insert into persons (id, organisation_id, name) values (${person}, ${organisation}, ${`Sender ${n}`})`.execute(
      db,
    )
    await sql`insert into person_emails (email, person_id) values (${`sender${n}@example.test`}, ${person})`.execute(db)
    await sql`insert into tickets (id, organisation_id, reference, kind, title, state, impact, urgency, priority, queue_id, requester_id, due_at, last_activity_at, created_at, updated_at)
      values (${ticket}, ${organisation}, ${`INC-${1000 + n}`}, 'incident', ${`Ticket ${n}`}, 'in_progress', 2, 2, 3, ${queue}, ${person}, '9999-12-31', now(), now(), now())`.execute(
      db,
    )
  }

  let kills = 0
  const waiting = Array.from({ length: messages }, (_, n) => n)
  const next = (): number | undefined =>
    waiting.shift() ?? (kills < 2 ? Math.floor(Math.random() * messages) : undefined)
  let over = false
  const send = async () => {
    // who has sent all goes on sending what was taken already, until the process was killed at least twice
    for (let n = next(); n !== undefined; n = next()) {
      const cut = Math.random() < 0.2 ? Math.floor(Math.random() * 500) : null
      // a mail server tries again until it hears that the message was taken, and now and then once more
      if (!(await handIn(n, cut)) || Math.random() < 0.05) {
        waiting.push(n)
        await pause(20)
      }
    }
  }
  const kill = async () => {
    while (!over) {
      await pause(300 + Math.random() * 1500)
      if (over) return
      await killable.app.kill()
      kills++
      await killable.app.start()
    }
  }
  const killing = kill()
  await Promise.all([send(), send(), send(), send()])
  over = true
  await killing
  expect(kills).toBeGreaterThanOrEqual(2)

  const counts = async () =>
    (
      await sql<{ waiting: number; taken: number; all: number }>`
        select count(*) filter (where state = 'received') as waiting, count(*) filter (where state = 'taken') as taken, count(*) as "all" from incoming_mails`.execute(
        db,
      )
    ).rows[0]!
  for (let i = 0; i < 600 + messages && (await counts()).waiting > 0; i++) await pause(100)
  expect(await counts()).toEqual({ waiting: 0, taken: messages, all: messages })
  const { rows } = await sql<{ n: number; notes: number }>`
    select count(*) as n, count(distinct body) as notes from notes where mail is not null`.execute(db)
  expect(rows).toEqual([{ n: messages, notes: messages }])
  expect((await sql<{ n: number }>`select count(*) as n from tickets`.execute(db)).rows[0]!.n).toBe(senders)
})
