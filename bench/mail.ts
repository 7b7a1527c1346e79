import { randomBytes } from 'node:crypto'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { loadConfig } from '../server/platform/config.ts'
import { type Db, openPool, sql } from '../server/platform/db.ts'
import { connectEmbedded } from '../server/platform/embedded-postgres/embedded-postgres.ts'
import { hashOf, newId } from '../server/platform/identifiers.ts'
import { createLog } from '../server/platform/log.ts'
import { load, type Shot, summary } from './load.ts'
import { seededDatabase } from './seeded-database.ts'
import { startApp } from './started-app.ts'

/**
 * The figures of mail that comes in: messages of 2 kB handed in over HTTP and taken in, half of them new and half answers, with clocks, service level
 * and events; then the same while one of 25 MB is taken in. The raw limit is the same rows stored and nothing else. The client shares the cores.
 * `npm run bench -- mail`; `--small` tries the harness.
 */
const small = process.argv.includes('--small')
const seconds = small ? 4 : 30
const people = small ? 200 : 5_000
const config = { ...loadConfig(), dataDir: process.env['LINCHPIN_BENCH_DATA'] ?? join(loadConfig().dataDir, 'bench') }
process.env['LINCHPIN_DATA'] = config.dataDir
process.env['LINCHPIN_RATE_LIMIT'] = '0'
const log = createLog({ level: 'warn' })
const server = await connectEmbedded({ dataDir: config.dataDir, role: 'serve' })
const say = (text: string) => void process.stdout.write(`${text}\n`)
const note = (figure: string, value: string, bound = '') =>
  say(`${figure.padEnd(58)} ${value}${bound === '' ? '' : `  (${bound})`}`)

async function furnish(db: Db, organisation: string): Promise<void> {
  const queue = newId()
  await sql`insert into queues (id, organisation_id, name, is_default) values (${queue}, ${organisation}, 'Desk', not exists (select 1 from queues where is_default))`.execute(
    db,
  )
  await sql`insert into persons (id, organisation_id, name) select gen_random_uuid(), ${organisation}, 'Sender ' || n from generate_series(0, ${people - 1}) n`.execute(
    db,
  )
  await sql`insert into person_emails (email, person_id) select 'sender' || substr(name, 8) || '@bench.example', id from persons where name like 'Sender %'`.execute(
    db,
  )
  await sql`insert into tickets (id, organisation_id, reference, kind, title, state, impact, urgency, priority, queue_id, requester_id, due_at, last_activity_at, created_at, updated_at)
    select gen_random_uuid(), ${organisation}, 'INC-9' || substr(name, 8), 'incident', 'Ticket of ' || name, 'in_progress', 2, 2, 3, ${queue}, id, '9999-12-31', now(), now(), now() from persons where name like 'Sender %'`.execute(
    db,
  )
}

const seeded = await seededDatabase(
  server.connection,
  small ? 'bench_mail_s' : 'bench_mail',
  `${people} people`,
  log,
  furnish,
)
const { db, close } = openPool(seeded.connection, 9)
const [box, other] = [newId(), newId()]
const key = `lpm_${newId()}`
await sql`delete from mailbox_addresses`.execute(db)
for (const [id, name, hash] of [
  [box, `Bench ${box}`, hashOf(key)],
  [other, `Raw ${other}`, hashOf(newId())],
] as const)
  await sql`
    insert into mailboxes (id, organisation_id, name, kind, queue_id, unknown_senders, outsiders, closed_tickets, acknowledge, tagged_replies, most_bytes, limits, templates, key_hash)
    select ${id}, ${seeded.organisation}, ${name}, 'gateway', id, 'create', 'note', 'reopen', true, true, 62914560, '{"perThread": 10000, "perSender": 100000, "newSenders": 1000000}', '{}', ${hash}
    from queues where name = 'Desk'`.execute(db)

const filler = 'The printer on the second floor does not print what is sent to it from the accounts. '.repeat(20)
const run = process.pid.toString(36)
/** A message of 2 kB; every second one answers a ticket of its sender. */
function message(n: number): string {
  const sender = n % people
  const subject = n % 2 === 0 ? `Something new ${n}` : `Re: [INC-9${sender}] more about it`
  const head = `From: Sender ${sender} <sender${sender}@bench.example>\r\nTo: desk@bench.example\r\nSubject: ${subject}\r\nMessage-ID: <${run}.${n}@bench.example>\r\nDate: Tue, 19 May 2026 10:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n`
  return `${head}${n} ${filler}`.slice(0, 2000)
}
const shot = (n: number): Shot => ({
  method: 'POST',
  path: '/api/v1/mail/gateway',
  type: 'message/rfc822',
  body: message(n),
})
const waiting = async () =>
  (
    await sql<{
      n: number
    }>`select count(*) as n from incoming_mails where mailbox_id = ${box} and state = 'received'`.execute(db)
  ).rows[0]!.n

say(
  `${cpus().length} cores ${cpus()[0]?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, embedded PostgreSQL; ${people.toLocaleString('en')} people`,
)
const app = await startApp(seeded.connection, config.dataDir)
const headers = { authorization: `Bearer ${key}` }

const begun = performance.now()
const handed = await load(app.base, headers, 4, seconds, shot)
while ((await waiting()) > 0) await pause(50)
const all = (performance.now() - begun) / 1000
const { rows: by } = await sql<{ state: string; n: number }>`
  select state, count(*) as n from incoming_mails where mailbox_id = ${box} group by state order by state`.execute(db)
const taken = by.find((one) => one.state === 'taken')?.n ?? 0
note('messages of 2 kB handed in, four at once', `${handed.perSecond.toFixed(0)}/s, p95 ${handed.p95.toFixed(1)} ms`)
note(
  'handed in and taken in, until nothing waited any more',
  `${taken.toLocaleString('en')} in ${all.toFixed(1)} s: ${(taken / all).toFixed(0)}/s`,
  '≥ 100/s',
)
if (by.length > 1) say(`  by state: ${by.map((one) => `${one.state} ${one.n}`).join(', ')}`)

// beside one of 25 MB: from the answer of the gateway until each small one is taken
const large = Buffer.concat([
  Buffer.from(
    `From: Sender 1 <sender1@bench.example>\r\nSubject: Large\r\nMessage-ID: <${run}.large@bench.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n--b\r\nContent-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n`,
  ),
  Buffer.from(
    randomBytes(18 * 1024 * 1024)
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n'),
  ),
  Buffer.from('\r\n--b--\r\n'),
])
const hand = (body: Buffer | string) =>
  fetch(`${app.base}/api/v1/mail/gateway`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'message/rfc822' },
    body: body as string,
  }).then((answer) => answer.json() as Promise<{ id: string }>)
const isTaken = async (id: string) =>
  (await sql`select 1 from incoming_mails where id = ${id} and state = 'taken'`.execute(db)).rows.length > 0
const { id: largeId } = await hand(large)
const started = performance.now()
const times: number[] = []
let largeTook = 0
for (let n = 0; n < (small ? 40 : 100); n++) {
  const at = performance.now()
  const { id } = await hand(message(5_000_000 + n))
  while (!(await isTaken(id))) await pause(2)
  times.push(performance.now() - at)
  if (largeTook === 0 && (await isTaken(largeId))) largeTook = performance.now() - started
}
while (!(await isTaken(largeId))) await pause(20)
if (largeTook === 0) largeTook = performance.now() - started
const beside = summary(times)
note(
  `beside one of ${Math.round(large.length / 1024 / 1024)} MB (${(largeTook / 1000).toFixed(1)} s), handed in until taken`,
  `p50 ${beside.p50.toFixed(0)} ms, p95 ${beside.p95.toFixed(0)} ms, max ${beside.max.toFixed(0)} ms`,
)
await app.stop()

// the same rows, and nothing else
let stored = 0
const rawBegun = performance.now()
await Promise.all(
  Array.from({ length: 8 }, async (_, client) => {
    for (let n = 0; performance.now() - rawBegun < (seconds * 1000) / 3; n++) {
      const raw = Buffer.from(message(9_000_000 + n * 8 + client))
      await sql`insert into incoming_mails (id, organisation_id, mailbox_id, sha256, size, body, received_at, state) values (${newId()}, ${seeded.organisation}, ${other}, ${hashOf(raw)}, ${raw.length}, ${raw}, now(), 'ignored')`.execute(
        db,
      )
      stored++
    }
  }),
)
const rawRate = stored / ((performance.now() - rawBegun) / 1000)
note('raw limit: the same rows stored and nothing else', `${rawRate.toFixed(0)}/s`)
await close()
await server.stop()
