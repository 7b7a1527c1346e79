import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { audit, events } from '../../contract/events.ts'
import { people } from '../../contract/people.ts'
import { vendors } from '../../contract/vendors.ts'
import { sealEvents, verifyInstallation } from '../../server/audit/public.ts'
import { headOf } from '../../server/audit/chain.ts'
import { sealKey } from '../../server/audit/seal-key.ts'
import { systemActor } from '../../server/platform/ctx.ts'
import { sql } from '../../server/platform/db.ts'
import { completeEvent, writeEvents } from '../../server/platform/events.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let anchor: string

beforeEach(async () => {
  server = await startTestServer()
  anchor = join(server.dataDir, 'elsewhere.anchor')
  server.opened.platform.config.auditAnchor = anchor
  const { client } = await server.key('administrator')
  // three batches of four events
  for (let batch = 0; batch < 3; batch++) {
    for (let n = 0; n < 4; n++)
      await client(vendors.create, {
        name: `Vendor ${batch}/${n}`,
        note: 'Ünïcode "quoted" \\ text',
        phone: '+49 30 5550',
      })
    expect(await sealEvents(server.opened.platform, batch === 0)).toBe(4)
  }
})
afterEach(() => server.stop())

const verify = (anchors: string[] = []) =>
  verifyInstallation(server.opened.platform, server.organisation, systemActor(server.organisation), { anchors })
/** What somebody does who owns the database. */
const tamper = async (...statements: ReturnType<typeof sql>[]) => {
  await server.db.transaction().execute(async (tx) => {
    for (const table of ['events', 'event_seals'])
      await sql`alter table ${sql.table(table)} disable trigger user`.execute(tx)
    for (const statement of statements) await statement.execute(tx)
    for (const table of ['events', 'event_seals'])
      await sql`alter table ${sql.table(table)} enable trigger user`.execute(tx)
  })
}
const codes = async (anchors: string[] = []) => (await verify(anchors)).findings.map((f) => f.code)
const eventOf = async (name: string) =>
  (
    await sql<{ id: string }>`select event_id as id from event_payloads where after->>'name' = ${name}`.execute(
      server.db,
    )
  ).rows[0]!.id

describe('an untouched log', () => {
  it('is clean, and says how far it is sealed and what was found', async () => {
    const found = await verify([anchor])
    expect(found).toMatchObject({ clean: true, seals: 3, events: 12, unsealed: 0, erased: 0, findings: [], notes: [] })
    const auditor = await server.person({ name: 'Aude', role: 'auditor' })
    const status = await auditor.client(audit.status, {})
    expect(status).toMatchObject({ seals: 3, events: 12, verified: { clean: true, events: 12, findings: [] } })
    expect(Date.now() - Date.parse(status.sealedUpTo!)).toBeLessThan(60_000)
    expect((await auditor.client(events.list, { type: 'audit.verified' })).items).toHaveLength(1)
  })
  it('has its heads noted elsewhere, and nothing of it can be changed through the application', async () => {
    const lines = (await readFile(anchor, 'utf8')).trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual([1, 2, 3])
    await expect(sql`update event_seals set signature = ''`.execute(server.db)).rejects.toThrow('append-only')
    await expect(sql`delete from event_seals`.execute(server.db)).rejects.toThrow('append-only')
  })
  it('seals what commits late and what is imported under an old id', async () => {
    const actor = systemActor(server.organisation)
    const event = (id: string) =>
      completeEvent({ id, type: 'late', subject: { kind: 'x', id: newId() } }, actor, new Date().toISOString())
    const late = Promise.withResolvers<void>()
    const early = newId()
    const slow = server.db.transaction().execute(async (tx) => {
      await writeEvents(tx, [event(early)], null, true)
      await late.promise
    })
    await writeEvents(server.db, [event(newId())], null, true)
    expect(await sealEvents(server.opened.platform, false)).toBe(1)
    late.resolve()
    await slow
    expect(await sealEvents(server.opened.platform, false)).toBe(1)
    await writeEvents(server.db, [event(newId(Date.parse('2016-03-01T08:00:00Z')))], null, true)
    expect(await sealEvents(server.opened.platform, false)).toBe(0)
    expect(await verify()).toMatchObject({ clean: true, unsealed: 1 })
    // the verification left an event of its own
    expect(await sealEvents(server.opened.platform, true)).toBe(2)
    expect(await verify()).toMatchObject({ clean: true, unsealed: 0 })
  })
  it('is sealed once by several nodes at the same moment', async () => {
    const { client } = await server.key('administrator')
    for (let n = 0; n < 5; n++) await client(vendors.create, { name: `Rush ${n}` })
    const sealed = await Promise.all(Array.from({ length: 6 }, () => sealEvents(server.opened.platform, true)))
    expect(sealed.reduce((sum, n) => sum + n, 0)).toBe(5)
    expect(await verify()).toMatchObject({ clean: true, unsealed: 0 })
  })
  it('is verified in the background when asked', async () => {
    const auditor = await server.person({ name: 'Aude', role: 'auditor' })
    expect(await auditor.client(audit.verify, {})).toEqual({ started: true })
    const { rows } = await sql<{
      n: number
    }>`select count(*) as n from graphile_worker.jobs where task_identifier = 'verify-log'`.execute(server.db)
    expect(rows[0]!.n).toBe(1)
  })
})

describe('an erasure', () => {
  it('is recorded and is no alarm', async () => {
    const admin = await server.person({ name: 'Ada', role: 'administrator' })
    const id = await eventOf('Vendor 1/2')
    expect(await admin.client(events.erase, { id, reason: 'Article 17 request of 3 May' })).toEqual({
      id,
      erased: true,
    })
    expect(await admin.client(events.erase, { id, reason: 'again' })).toEqual({ id, erased: true })
    const [shown] = (await admin.client(events.list, { type: 'vendor.created', limit: 200 })).items.filter(
      (e) => e.id === id,
    )
    expect(shown).toMatchObject({ erased: true, before: null, after: null })
    expect((await admin.client(events.list, { type: 'event.erased' })).items).toHaveLength(1)
    expect(await verify([anchor])).toMatchObject({ clean: true, erased: 1, findings: [], notes: [] })
  })
  it('is refused to others, for what is not there and without a reason', async () => {
    const id = await eventOf('Vendor 1/2')
    const auditor = await server.person({ name: 'Aude', role: 'auditor' })
    const admin = await server.person({ name: 'Ada', role: 'administrator' })
    await expect(auditor.client(events.erase, { id, reason: 'x' })).rejects.toMatchObject({ status: 403 })
    await expect(admin.client(events.erase, { id: newId(), reason: 'x' })).rejects.toMatchObject({ status: 404 })
    await expect(admin.client(events.erase, { id, reason: '' })).rejects.toMatchObject({ status: 400 })
  })
  it('without a record is said', async () => {
    const id = await eventOf('Vendor 1/2')
    await sql`delete from event_payloads where event_id = ${id}`.execute(server.db)
    expect(await verify()).toMatchObject({
      clean: true,
      notes: [{ code: 'audit.payload-gone', params: { id, seq: 2 } }],
    })
  })
})

describe('tampering is found and named', () => {
  it('an altered payload', async () => {
    const id = await eventOf('Vendor 1/2')
    await sql`update event_payloads set after = after || '{"name": "Other"}' where event_id = ${id}`.execute(server.db)
    expect((await verify()).findings).toEqual([{ code: 'audit.payload-altered', params: { id, seq: 2 } }])
    const auditor = await server.person({ name: 'Aude', role: 'auditor' })
    const { verified } = await auditor.client(audit.status, {})
    expect(verified).toMatchObject({ clean: false, findings: [{ code: 'audit.payload-altered' }] })
    expect(verified!.findings[0]!.sentence).toContain(id)
    expect((await auditor.client(events.list, { type: 'audit.tampering-found' })).items).toHaveLength(1)
  })
  it('an altered payload whose hash was altered with it', async () => {
    const id = await eventOf('Vendor 1/2')
    await tamper(sql`update events set digest = sha256('x') where id = ${id}`)
    expect((await verify()).findings).toEqual([
      { code: 'audit.event-altered', params: { id, seq: 2 } },
      { code: 'audit.payload-altered', params: { id, seq: 2 } },
    ])
  })
  it.each(['actor_name', 'type', 'at', 'recorded_at', 'request_id', 'subject_kind'])(
    'an altered %s',
    async (column) => {
      const id = await eventOf('Vendor 0/0')
      const value = column.endsWith('at') ? sql`${sql.ref(column)} + interval '1 microsecond'` : sql`${'another'}`
      await tamper(sql`update events set ${sql.ref(column)} = ${value} where id = ${id}`)
      expect((await verify()).findings).toEqual([{ code: 'audit.event-altered', params: { id, seq: 1 } }])
    },
  )
  it('the last event, deleted', async () => {
    const id = await eventOf('Vendor 2/3')
    await tamper(sql`delete from event_payloads where event_id = ${id}`, sql`delete from events where id = ${id}`)
    expect((await verify()).findings).toEqual([{ code: 'audit.event-deleted', params: { id, seq: 3 } }])
  })
  it('a batch, deleted with its events, in the middle or at the end', async () => {
    const members = sql`(select unnest(members) from event_seals where seq = 2)`
    await tamper(
      sql`delete from event_payloads where event_id in ${members}`,
      sql`delete from events where id in ${members}`,
      sql`delete from event_seals where seq = 2`,
    )
    expect(await codes()).toEqual(['audit.batches-deleted'])
    await tamper(sql`delete from event_seals where seq = 3`)
    // nothing in the database shows the end of the chain; what was noted outside does
    const found = await verify([anchor])
    expect(found.findings.map((f) => f.code)).toEqual(['audit.last-batches-deleted', 'audit.last-batches-deleted'])
    expect(found.findings.map((f) => f.params['to'])).toEqual([3, 3])
  })
  it('the chain, made anew without the key, even where the database knows nothing better', async () => {
    // the attacker rewrites the last batch with an altered event, and signs with a key of his own
    const id = await eventOf('Vendor 2/0')
    await tamper(sql`update events set actor_name = 'Somebody else' where id = ${id}`)
    const { rows } = await sql<{
      previous: Buffer
      members: string[]
    }>`select previous, members::text[] as members from event_seals where seq = 3`.execute(server.db)
    const { digestOfEvents } = await import('../../server/audit/seals-store.ts')
    const { ids, digest, marks } = await digestOfEvents(server.db, rows[0]!.members)
    const sealedAt = new Date().toISOString()
    const head = headOf({ seq: 3, events: ids.length, digest, previous: rows[0]!.previous, sealedAt })
    const signature = sealKey(randomBytes(48)).sign(head)
    await tamper(
      sql`update event_seals set digest = ${digest}, marks = ${marks}, head = ${head}, signature = ${signature}, sealed_at = ${sealedAt} where seq = 3`,
    )
    expect(await codes([anchor])).toEqual(['audit.not-signed', 'audit.anchor-differs', 'audit.anchor-differs'])
    await writeFile(join(server.dataDir, 'audit.anchor'), '')
    expect(await codes()).toEqual(['audit.not-signed', 'audit.anchor-differs'])
  })
  it('a batch whose list of events was altered, or moved', async () => {
    await tamper(sql`update event_seals set members = members[1:3] where seq = 2`)
    expect(await codes()).toEqual(['audit.batch-altered', 'audit.batch-altered'])
  })
})

it('the payloads of what people and timers do have the hash that their event carries', async () => {
  const admin = await server.person({ name: 'Ada', role: 'administrator' })
  await admin.client(people.create, { name: 'Zoë', emails: ['zoe@example.test'], department: 'R&D' })
  await sealEvents(server.opened.platform, true)
  expect(await verify()).toMatchObject({ clean: true })
})
