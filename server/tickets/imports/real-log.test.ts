import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventCount, importInto, realLog } from '../../../test/support/imports.ts'
import { startTestServer, type TestServer } from '../../../test/support/server.ts'
import { sql } from '../../platform/db.ts'
import type { StoredImport } from '../../platform/imports/imports-store.ts'

const log = realLog()
const asOf = '2016-05-17T14:00'

describe.skipIf(log === null)('the real log as it stood on a working afternoon', { timeout: 240_000 }, () => {
  let server: TestServer
  let first: StoredImport
  beforeAll(async () => {
    server = await startTestServer()
    first = await importInto(server, log!, { asOf })
  }, 240_000)
  afterAll(() => server?.stop())

  test('21,641 incidents, of which 1,252 unresolved', async () => {
    expect(first).toMatchObject({
      status: 'done',
      counts: { rows: 141_712, incidents: 21_641, created: 21_641, updated: 0, unchanged: 0, rejected: 0 },
    })
    const { rows } = await sql<{
      state: string
      n: number
    }>`select state, count(*)::int as n from tickets where open group by state`.execute(server.db)
    expect(Object.fromEntries(rows.map((r) => [r.state, r.n]))).toEqual({
      in_progress: 512,
      new: 383,
      waiting_requester: 320,
      waiting_change: 23,
      waiting_vendor: 14,
    })
    const states = first.report.find((t) => t.title === 'imports.report.states')!.rows
    expect(Object.fromEntries(states)).toMatchObject({
      Active: '512',
      New: '383',
      'Awaiting User Info': '320',
      'Awaiting Problem': '23',
      'Awaiting Vendor': '14',
    })
  })

  test('every row has a verdict; our verdicts stand beside the source’s', async () => {
    const { rows } = await sql<{
      n: number
      low: number
      high: number
    }>`select count(*)::int as n, min(row) as low, max(row) as high from import_rows where import_id = ${first.id}`.execute(
      server.db,
    )
    expect(rows[0]).toEqual({ n: 141_712, low: 2, high: 141_713 })
    const verdicts = first.report.find((t) => t.title === 'imports.report.verdicts')!
    expect(verdicts.rows.map((r) => r[0])).toEqual(['false', 'true'])
    expect(verdicts.rows.flatMap((r) => r.slice(1)).reduce((sum, n) => sum + Number(n), 0)).toBe(21_641)
  })

  test('the states of 200 incidents last as long as the log says', async () => {
    const expected = intervalsOf(log!, asOf)
    const references = [...expected.keys()].filter((_, i) => i % Math.floor(expected.size / 200) === 0).slice(0, 200)
    const { rows } = await sql<{ reference: string; at: string; state: string }>`
      select t.reference, e.at, p.after->>'source_state' as state from events e join tickets t on t.id = e.subject_id join event_payloads p on p.event_id = e.id
      where t.reference = any(${references}) and p.after ? 'source_state' order by t.reference, e.at, e.id`.execute(
      server.db,
    )
    const found = new Map<string, string[]>()
    for (const { reference, at, state } of rows)
      found.set(reference, [...(found.get(reference) ?? []), `${at} ${state}`])
    expect(references).toHaveLength(200)
    for (const reference of references)
      expect([reference, found.get(reference)]).toEqual([reference, expected.get(reference)])
  })

  test('a second run changes nothing and records nothing', async () => {
    const before = await eventCount(server.db)
    const second = await importInto(server, log!, { asOf })
    expect(second.counts).toMatchObject({ incidents: 21_641, created: 0, updated: 0, unchanged: 21_641 })
    expect(await eventCount(server.db)).toBe(before)
  })
})

/** States by incident with the moment each began, straight from the file, by other means than the importer's. */
function intervalsOf(path: string, until: string): Map<string, string[]> {
  const [head = '', ...lines] = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split(/\r?\n/)
  const column = (name: string) => head.split(',').indexOf(name)
  const [number, state, updated] = [column('number'), column('incident_state'), column('sys_updated_at')]
  const byIncident = new Map<string, { at: string; state: string }[]>()
  for (const line of lines) {
    const cells = line.split(',')
    const [date = '', time = ''] = cells[updated]!.split(' ')
    const [day = '', month = '', year = ''] = date.split('/')
    const at = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time.padStart(5, '0')}`
    if (at > until) continue
    const key = cells[number]!
    if (!byIncident.has(key)) byIncident.set(key, [])
    byIncident.get(key)!.push({ at, state: cells[state]! })
  }
  const intervals = new Map<string, string[]>()
  for (const [key, rows] of byIncident) {
    const sorted = rows.filter((r) => r.state !== '-100').toSorted((a, b) => a.at.localeCompare(b.at))
    const starts = sorted.filter((r, i) => i === 0 || r.state !== sorted[i - 1]!.state)
    intervals.set(
      key,
      starts.map((r) => `${r.at}:00Z ${r.state}`),
    )
  }
  return intervals
}
