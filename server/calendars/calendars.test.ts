import { afterAll, describe, expect, test } from 'vitest'
import { calendarArithmetic, calendars } from '../../contract/calendars.ts'
import { clocks } from '../../contract/clocks.ts'
import { startTestServer } from '../../test/support/server.ts'

const server = await startTestServer()
afterAll(() => server.stop())
const { client } = await server.key('coordinator')
const { client: reader } = await server.key('technician')
const office = [{ from: '09:00', to: '17:00' }]
const week = { mon: office, tue: office, wed: office, thu: office, fri: office }

describe('calendars', () => {
  test('are made with the legal holidays of their place, and edited into new versions', async () => {
    const made = await client(calendars.create, {
      name: 'Munich',
      zone: 'Europe/Berlin',
      week,
      country: 'DE',
      region: 'BY',
    })
    expect(made).toMatchObject({
      name: 'Munich',
      revision: 1,
      version: 1,
      country: 'DE',
      region: 'BY',
      refusals: { edit: null },
    })
    expect(made.definition.holidays).toContainEqual({
      from: expect.stringMatching(/-12-25$/),
      to: expect.stringMatching(/-12-25$/),
      yearly: true,
      name: '1. Weihnachtstag',
    })
    const own = [{ from: '2026-12-27', to: '2027-01-03', yearly: true, name: 'Closed' }]
    const edited = await client(calendars.edit, { id: made.id, ownHolidays: own, version: 1 })
    expect(edited).toMatchObject({ revision: 2, ownHolidays: own, revisions: [{ revision: 2 }, { revision: 1 }] })
    expect(edited.definition.holidays).toContainEqual(own[0])
    const renamed = await client(calendars.edit, { id: made.id, name: 'Munich office' })
    expect(renamed).toMatchObject({ revision: 2, version: 3, name: 'Munich office' })
    expect((await reader(calendars.list, {})).items.map((c) => c.name)).toContain('Munich office')
  })

  test('refuse an old version, a taken name, an unknown zone or place, and readers who would write', async () => {
    const made = await client(calendars.create, { name: 'Twice', zone: 'UTC', week })
    await client(calendars.edit, { id: made.id, zone: 'Europe/Paris' })
    await expect(client(calendars.edit, { id: made.id, zone: 'UTC', version: 1 })).rejects.toMatchObject({
      code: 'stale',
    })
    await expect(client(calendars.create, { name: 'twice', zone: 'UTC', week })).rejects.toMatchObject({
      code: 'calendars.name-taken',
    })
    await expect(client(calendars.create, { name: 'Mars', zone: 'Mars/Base', week })).rejects.toMatchObject({
      code: 'calendars.unknown-zone',
    })
    await expect(client(calendars.create, { name: 'Nowhere', zone: 'UTC', week, country: 'ZZ' })).rejects.toMatchObject(
      { code: 'calendars.unknown-place' },
    )
    await expect(reader(calendars.create, { name: 'Mine', zone: 'UTC', week })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('know the holidays of a year', async () => {
    const { items } = await reader(calendars.holidays, { country: 'DE', region: 'BY', year: 2026 })
    expect(items.map((h) => h.date)).toContain('2026-01-06')
    // 11 November is a feast, no holiday (Zammad 390)
    expect(items.map((h) => h.date)).not.toContain('2026-11-11')
    expect(
      (await reader(calendars.countries, {})).items.find((c) => c.code === 'DE')?.regions.map((r) => r.code),
    ).toContain('BY')
  })
})

describe('arithmetic', () => {
  const calendar = { zone: 'Europe/Berlin', week }
  test('answers with spans and sentences', async () => {
    const answer = await reader(calendarArithmetic.previewCalendar, {
      calendar,
      start: '2026-03-02T15:00:00Z',
      seconds: 7200,
    })
    expect(answer.due).toBe('2026-03-03T09:00:00Z')
    expect(answer.spans).toHaveLength(2)
    expect(answer.explanation.at(-1)).toContain('Tue 3 Mar 2026 10:00')
    expect(
      await reader(calendarArithmetic.measureCalendar, { calendar, from: '2026-03-02T15:00:00Z', to: answer.due }),
    ).toEqual({ seconds: 7200 })
  })

  test('refuses with the codes of the rules', async () => {
    const at = { calendar, start: '2026-03-02T15:00:00Z' }
    await expect(reader(calendarArithmetic.previewCalendar, { ...at, seconds: -1 })).rejects.toMatchObject({
      status: 400,
      code: 'negative',
    })
    await expect(
      reader(calendarArithmetic.previewCalendar, { ...at, calendar: { zone: 'UTC', week: {} }, seconds: 1 }),
    ).rejects.toMatchObject({ status: 400, code: 'no-working-time' })
    const clock = {
      calendar: { zone: 'UTC', week: {} },
      seconds: 60,
      events: [{ at: at.start, kind: 'start' as const }],
      asOf: at.start,
    }
    await expect(reader(clocks.simulateClock, clock)).rejects.toMatchObject({ status: 400, code: 'no-working-time' })
    expect(await reader(clocks.simulateClock, { ...clock, calendar })).toMatchObject({
      phase: 'running',
      due: '2026-03-02T15:01:00Z',
    })
  })
})
