import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiError } from '../../contract/client.ts'
import { calendars } from '../../contract/calendars.ts'
import { reports } from '../../contract/reports.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { tickets } from '../../contract/tickets.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { vendors } from '../../contract/vendors.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'
import { runCommand } from '../platform/platform.ts'
import { openTicket } from '../tickets/actions/open-ticket.ts'
import { resolveTicket } from '../tickets/actions/move-ticket.ts'
import { countPromises, recount, sumNextSpan } from './count-promises.ts'
import { judgeAsIf } from './judge-as-if.ts'

let server: TestServer
let tech: TestPerson
let other: TestPerson
let coordinator: TestPerson
let trusted: TestPerson
let level: string
const hour = 3_600_000
const day = 24 * hour
/** A Wednesday noon, so that the hours around it lie in one week. */
const noon = Date.UTC(2026, 2, 4, 12)
const monday = '2026-03-02'
const period = { from: monday, to: monday }
const always = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((d) => [d, [{ from: '00:00', to: '24:00' }]]),
)

const at = async <I, T>(
  person: TestPerson,
  ms: number,
  act: (ctx: never, input: I) => Promise<T>,
  input: unknown,
): Promise<T> => {
  const actor = await server.actor(person)
  return runCommand(server.opened.platform, actor, (ctx) => act(ctx as never, input as I), {
    now: new Date(ms).toISOString(),
  })
}
const opened = (person: TestPerson, ms: number, given: object): Promise<Ticket> =>
  at(person, ms, openTicket, tickets.open.input.parse({ title: 'Report', ...given }))
const resolved = (person: TestPerson, ms: number, id: string): Promise<Ticket> =>
  at(person, ms, resolveTicket, { id, resolution: '<p>Done</p>' })
const counted = async () => {
  while ((await countPromises(server.db)) > 0);
}
const figures = async (person: TestPerson, by: 'level' | 'team' | 'technician' | 'category' | 'vendor' | 'week') => {
  const report = await person.client(reports.promises, { by, ...period, kind: 'resolution' })
  return {
    rows: report.rows.map((r) => [r.name ?? r.week ?? 'none', r.kept, r.missed]),
    total: [report.total.kept, report.total.missed],
  }
}

beforeAll(async () => {
  server = await startTestServer()
  await server.queue('Field', ['Field team'])
  await server.queue('Payroll', ['Payroll team'])
  tech = await server.person({ name: 'Tess Tech', role: 'technician', teams: ['Field team'] })
  other = await server.person({ name: 'Otto Other', role: 'technician', teams: ['Payroll team'] })
  trusted = await server.person({
    name: 'Tina Trusted',
    role: 'technician',
    teams: ['Payroll team'],
    confidential: true,
  })
  coordinator = await server.person({ name: 'Cora Coordinator', role: 'coordinator' })
  const calendar = await coordinator.client(calendars.create, { name: 'Always', zone: 'UTC', week: always })
  level = (
    await coordinator.client(serviceLevels.create, {
      name: '=Gold',
      calendar: calendar.id,
      conditions: {},
      targets: [
        { kind: 'first_response', seconds: 3600 },
        { kind: 'resolution', seconds: 4 * 3600 },
      ],
    })
  ).id
  // kept after 2 h, missed after 6 h, a confidential one of the other queue missed, an open one missed, an open one in time
  const kept = await opened(tech, noon, { queue: 'Field' })
  await resolved(tech, noon + 2 * hour, kept.id)
  const missed = await opened(tech, noon, { queue: 'Field' })
  await resolved(tech, noon + 6 * hour, missed.id)
  const secret = await opened(trusted, noon, { queue: 'Payroll', confidential: true })
  await resolved(trusted, noon + 8 * hour, secret.id)
  const elsewhere = await opened(other, noon, { queue: 'Payroll' })
  await resolved(other, noon + hour, elsewhere.id)
  await counted()
})
afterAll(() => server.stop())

describe('figures of promises', () => {
  it('count what was kept and missed, for each reader what that reader sees', async () => {
    expect(await figures(coordinator, 'level')).toEqual({ rows: [['=Gold', 2, 1]], total: [2, 1] })
    expect(await figures(tech, 'level')).toEqual({ rows: [['=Gold', 1, 1]], total: [1, 1] })
    expect(await figures(other, 'level')).toEqual({ rows: [['=Gold', 1, 0]], total: [1, 0] })
    expect(await figures(trusted, 'level')).toEqual({ rows: [['=Gold', 1, 1]], total: [1, 1] })
  })
  it('are grouped by team, technician, category and week', async () => {
    expect((await figures(coordinator, 'team')).rows).toEqual([
      ['Field team', 1, 1],
      ['Payroll team', 1, 0],
    ])
    expect(
      (await figures(coordinator, 'technician')).rows.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    ).toEqual([
      ['Otto Other', 1, 0],
      ['Tess Tech', 1, 1],
    ])
    // persons are compared by those only who see the work of all
    expect((await figures(tech, 'technician')).rows).toEqual([['Tess Tech', 1, 1]])
    expect((await figures(coordinator, 'category')).rows).toEqual([['none', 2, 1]])
    expect((await figures(coordinator, 'vendor')).rows).toEqual([])
    expect((await figures(coordinator, 'week')).rows).toEqual([[monday, 2, 1]])
  })
  it('tell working time to first response and resolution within 2 %', async () => {
    const { total } = await coordinator.client(reports.promises, { by: 'level', ...period })
    expect(total.resolution?.count).toBe(3)
    expect(Math.abs(total.resolution!.median - 2 * 3600) / 7200).toBeLessThanOrEqual(0.02)
    expect(Math.abs(total.resolution!.p90 - 6 * 3600) / 21_600).toBeLessThanOrEqual(0.02)
  })
  it('tell times by team, technician, category and vendor too, the same from sums of spans as from the facts', async () => {
    const dimensions = ['team', 'technician', 'category', 'vendor'] as const
    const readers = [coordinator, tech, other, trusted]
    const told = () =>
      Promise.all(
        readers.map((reader) =>
          Promise.all(
            dimensions.map(async (by) =>
              (await reader.client(reports.promises, { by, from: '2026-01-05', to: '2026-06-29' })).rows.map((row) => [
                row.name,
                row.firstResponse,
                row.resolution,
              ]),
            ),
          ),
        ),
      )
    const sums = async () =>
      (await sql<{ n: number }>`select count(*) as n from promise_span_times`.execute(server.db)).rows[0]!.n
    const vendor = await coordinator.client(vendors.create, { name: 'Acme' })
    await sql`update tickets set vendor_id = ${vendor.id} where assignee_id = ${tech.id}`.execute(server.db)
    await counted()
    expect(await sums()).toBe(0)
    const fromFacts = await told()
    const ofCoordinator = fromFacts[0]!
    expect(ofCoordinator[0]!.find(([name]) => name === 'Field team')?.[2]).toMatchObject({ count: 2 })
    const tess = ofCoordinator[1]!.find(([name]) => name === 'Tess Tech')!
    expect(tess[2]).toMatchObject({ count: 2 })
    const { median, p90 } = tess[2] as { median: number; p90: number }
    expect(Math.abs(median - 2 * 3600) / 7200).toBeLessThanOrEqual(0.02)
    expect(Math.abs(p90 - 6 * 3600) / 21_600).toBeLessThanOrEqual(0.02)
    expect(ofCoordinator[2]).toMatchObject([[null, expect.anything(), { count: 3 }]])
    expect(ofCoordinator[3]).toMatchObject([['Acme', expect.anything(), { count: 2 }]])
    // of the two tickets of the other queue the coordinator counts the one that is not confidential
    expect(fromFacts[3]![0]!.map(([name, , resolution]) => [name, resolution])).toMatchObject([
      ['Payroll team', { count: 2 }],
    ])
    while (await sumNextSpan(server.db));
    expect(await sums()).toBeGreaterThan(0)
    expect(await told()).toEqual(fromFacts)

    // what changes makes its span stale: read from the facts until it is summed again
    await sql`update tickets set vendor_id = null where vendor_id = ${vendor.id}`.execute(server.db)
    await counted()
    const after = await told()
    expect(after[0]![3]).toEqual([])
    expect(after[0]!.slice(0, 3)).toEqual(ofCoordinator.slice(0, 3))
    await sql`update promise_spans set summed_at = null`.execute(server.db)
    while (await sumNextSpan(server.db));
    expect(await told()).toEqual(after)
  })
  it('lead to the very tickets, the same ones', async () => {
    for (const person of [coordinator, tech, other, trusted])
      for (const by of ['level', 'team', 'technician', 'week'] as const) {
        const report = await person.client(reports.promises, { by, ...period })
        for (const row of report.rows)
          for (const outcome of ['kept', 'missed'] as const) {
            const items = await person.client(reports.tickets, {
              by,
              value: row.id ?? row.week ?? 'none',
              outcome,
              ...period,
            })
            expect(items.items).toHaveLength(row[outcome])
          }
      }
    const page = await coordinator.client(reports.tickets, { ...period, limit: 1 })
    const next = await coordinator.client(reports.tickets, { ...period, limit: 200, after: page.next! })
    expect(1 + next.items.length).toBe(
      (await coordinator.client(reports.tickets, { ...period, limit: 200 })).items.length,
    )
  })
  it('follow the ticket: what becomes confidential leaves, what is reopened is not kept, what is merged or cancelled never was', async () => {
    const t = await opened(tech, noon, { queue: 'Field' })
    await resolved(tech, noon + hour, t.id)
    await counted()
    expect((await figures(coordinator, 'level')).total).toEqual([3, 1])
    await sql`update tickets set confidential = true where id = ${t.id}`.execute(server.db)
    await counted()
    expect((await figures(coordinator, 'level')).total).toEqual([2, 1])
    expect((await figures(tech, 'level')).total).toEqual([1, 1])
    await sql`update tickets set confidential = false where id = ${t.id}`.execute(server.db)
    await sql`update commitments set phase = 'running', stopped_at = null where subject_id = ${t.id} and kind = 'resolution'`.execute(
      server.db,
    )
    await counted()
    expect((await figures(coordinator, 'level')).total).toEqual([2, 1])
    await sql`update commitments set phase = 'cancelled' where subject_id = ${t.id}`.execute(server.db)
    await counted()
    expect((await figures(coordinator, 'level')).total).toEqual([2, 1])
    expect(
      (await coordinator.client(reports.tickets, { ...period, limit: 200 })).items.map((i) => i.ticket.id),
    ).not.toContain(t.id)
  })
  it('are the same however often they are counted', async () => {
    const before = await figures(coordinator, 'level')
    const { rows } = await sql<{ id: string }>`select distinct subject_id as id from commitments`.execute(server.db)
    for (let i = 0; i < 3; i++)
      await server.db.transaction().execute((tx) =>
        recount(
          tx,
          rows.map((r) => r.id),
        ),
      )
    expect(await figures(coordinator, 'level')).toEqual(before)
    const { rows: sums } = await sql<{ facts: number; figures: number; times: number }>`
      select (select count(*) from promise_facts where not confidential) as facts,
        (select sum(kept + missed)::int from promise_figures where dimension = 'total' and scope = '00000000-0000-0000-0000-000000000000') as figures,
        (select sum(n)::int from promise_times where dimension = 'total' and scope = '00000000-0000-0000-0000-000000000000') as times`.execute(
      server.db,
    )
    expect(sums[0]!.figures).toBe(sums[0]!.facts)
    expect(sums[0]!.times).toBe(sums[0]!.facts)
  })
  it('refuse what cannot be asked', async () => {
    const code = (asked: Promise<unknown>) =>
      asked.then(
        () => 'allowed',
        (e: unknown) => (e as ApiError).code,
      )
    expect(await code(coordinator.client(reports.promises, { from: '2026-03-10', to: monday }))).toBe(
      'reports.ends-before',
    )
    expect(await code(coordinator.client(reports.promises, { ...period, by: 'team', level }))).toBe(
      'reports.level-by-week',
    )
    expect(await code(coordinator.client(reports.tickets, { ...period, by: 'team', value: 'none' }))).toBe(
      'reports.no-such-row',
    )
    const requester = await server.person({ name: 'Rita', role: 'requester' })
    expect(await code(requester.client(reports.promises, period))).toBe('forbidden')
  })
})

describe('exports', () => {
  const get = (person: TestPerson, kind: string) =>
    fetch(`${server.base}/api/v1/reports/promises.${kind}?by=level&from=${monday}&to=${monday}&kind=resolution`, {
      headers: { cookie: `${person.cookie.name}=${person.cookie.value}` },
    })
  it('hold what the reader sees, and no name becomes a formula', async () => {
    const csv = await get(tech, 'csv')
    expect(csv.headers.get('content-disposition')).toContain('promises-level-2026-03-02-2026-03-02.csv')
    expect((await csv.text()).split('\r\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^'=Gold,1,1,0\.5,/),
      expect.stringMatching(/^Total,1,1,0\.5,/),
    ])
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await (await get(coordinator, 'xlsx')).arrayBuffer())
    const sheet = book.worksheets[0]!
    expect(sheet.getRow(2).getCell(1)).toMatchObject({ value: '=Gold', type: ExcelJS.ValueType.String })
    expect([2, 3].map((i) => sheet.getRow(2).getCell(i).value)).toEqual([2, 1])
  })
  it('are refused to whoever may not read the report', async () => {
    const requester = await server.person({ name: 'Rob', role: 'requester' })
    expect((await get(requester, 'csv')).status).toBe(403)
    expect((await fetch(`${server.base}/api/v1/reports/promises.xlsx`)).status).toBe(401)
  })
  it('say which field does not fit, as the report itself does', async () => {
    const headers = { cookie: `${coordinator.cookie.name}=${coordinator.cookie.value}` }
    const [shown, exported] = await Promise.all(
      ['promises', 'promises.csv'].map(async (file) => {
        const response = await fetch(`${server.base}/api/v1/reports/${file}?by=colour&from=x&to=2026-01-01`, {
          headers,
        })
        const { error } = (await response.json()) as { error: { requestId: string } }
        return { status: response.status, ...error, requestId: '' }
      }),
    )
    expect(exported).toEqual(shown)
    expect(exported).toMatchObject({ status: 400, fields: [{ path: 'by' }, { path: 'from' }] })
  })
})

describe('as if', () => {
  it('judges a period under another version in the background, and names what would differ', async () => {
    await coordinator.client(serviceLevels.edit, { id: level, targets: [{ kind: 'resolution', seconds: 90 * 60 }] })
    const run = await coordinator.client(reports.asIf, { level, ...period })
    expect(run).toMatchObject({ revision: 2, total: null, finishedAt: null })
    await judgeAsIf(server.db, run.id)
    const done = (await coordinator.client(reports.asIfRuns, { level })).items[0]!
    // first responses are not promised by the version, so they are neither kept nor missed under it
    expect(done).toMatchObject({ after: { kept: 1, missed: 2 }, failed: null })
    expect(done.done).toBe(done.total)
    const { items } = await coordinator.client(reports.asIfTickets, { id: run.id })
    expect(items.map((i) => [i.kind, i.missed])).toEqual([['resolution', true]])
    await expect(other.client(reports.asIfTickets, { id: run.id })).rejects.toMatchObject({ code: 'forbidden' })

    const planned = await coordinator.client(reports.asIf, {
      level,
      ...period,
      targets: [{ kind: 'resolution', seconds: 24 * 3600 }],
    })
    // a node is stopped after the first portion, and another goes on after it
    const stopping = new AbortController()
    let asked = 0
    const signal = Object.assign(stopping.signal, {
      throwIfAborted: () => {
        if (asked++ === 1) throw new DOMException('stopped', 'AbortError')
      },
    })
    await expect(judgeAsIf(server.db, planned.id, { slice: 1, signal })).rejects.toMatchObject({ name: 'AbortError' })
    const halfway = (await coordinator.client(reports.asIfRuns, {})).items[0]!
    expect(halfway).toMatchObject({ id: planned.id, done: 1, finishedAt: null })
    expect(halfway.total).toBeGreaterThan(1)
    await judgeAsIf(server.db, planned.id)
    expect((await coordinator.client(reports.asIfRuns, {})).items[0]).toMatchObject({
      revision: null,
      after: { kept: 3, missed: 0 },
    })
    await judgeAsIf(server.db, planned.id, { now: noon + day })
    expect((await coordinator.client(reports.asIfRuns, {})).items[0]).toMatchObject({ after: { kept: 3, missed: 0 } })
  })
})
