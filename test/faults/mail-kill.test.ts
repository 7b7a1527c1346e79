import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from '../../server/platform/db.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'
import { type Killable, startKillable } from './killable.ts'

let killable: Killable
let smtp: TestSmtp

beforeAll(async () => {
  smtp = await startSmtp()
  killable = await startKillable({ SMTP_URL: smtp.url, MAIL_FROM: 'IT desk <it@brightwater.example>' })
}, 120_000)
afterAll(async () => {
  await killable?.stop()
  await smtp?.close()
}, 60_000)

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (await holds()) return
    await pause(100)
  }
  throw new Error('it did not come about')
}

it('sends again under the same Message-ID after kill -9 between the OK of the server and our commit', async () => {
  const { db } = killable.database
  const organisation = (await sql<{ id: string }>`select id from organisations`.execute(db)).rows[0]!.id
  const [person, mail] = [newId(), newId()]
  await sql`insert into persons (id, organisation_id, name) values (${person}, ${organisation}, 'Fay Fault')`.execute(
    db,
  )
  await sql`insert into accounts (id, person_id, role, name, email) values (${newId()}, ${person}, 'technician', 'Fay Fault', 'fay@example.test')`.execute(
    db,
  )
  smtp.script = { onMessage: () => 'keep and stall' }
  await sql`insert into mails (id, organisation_id, person_id, kind, content, cause, message_id, state, next_at, tried_since)
    values (${mail}, ${organisation}, ${person}, 'test', '{}', 'kill', ${`<${mail}@brightwater.example>`}, 'queued', now(), now())`.execute(
    db,
  )
  await until(() => smtp.taken.length === 1)
  await killable.app.kill()
  smtp.script = {}
  await killable.app.start()
  const stateOf = async () =>
    (await sql<{ state: string; attempts: number }>`select state, attempts from mails where id = ${mail}`.execute(db))
      .rows[0]!
  expect(await stateOf()).toEqual({ state: 'sending', attempts: 1 })
  // the lease of the node that died, which lasts minutes, has run out
  await sql`update mails set next_at = now() where id = ${mail}`.execute(db)
  await until(async () => (await stateOf()).state === 'sent')
  expect(smtp.taken.map((one) => one.parsed.messageId)).toEqual(Array(2).fill(`<${mail}@brightwater.example>`))
  expect(killable.app.output).not.toContain('fay@example.test')
}, 120_000)
