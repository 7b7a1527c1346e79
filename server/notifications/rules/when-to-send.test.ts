import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { noticeTopics } from '../../../contract/notifications.ts'
import { compileCalendar } from '../../calendars/rules/compile-calendar.ts'
import { epochSeconds, isoInstant } from '../../calendars/rules/instants.ts'
import { workingTimeBetween } from '../../calendars/rules/working-time-between.ts'
import { demandsAct, digestOf, topicOf, wayOf } from './topics.ts'
import { endOfQuiet, gatherSeconds, nextDigest, whenToSend } from './when-to-send.ts'

const office = [{ from: '08:00', to: '17:00' }]
const berlin = compileCalendar({
  zone: 'Europe/Berlin',
  week: { mon: office, tue: office, wed: office, thu: office, fri: office },
  holidays: [{ from: '2026-12-24', to: '2027-01-01' }],
})
const never = compileCalendar({ zone: 'UTC', week: {} })
const at = epochSeconds

describe('known failures of others', () => {
  test('Zammad #4432: no escalation mail at midnight', () => {
    const sent = whenToSend(
      at('2026-05-19T22:00:00Z'),
      'escalations',
      wayOf('coordinator', {}, 'escalations', 'mail'),
      {
        zone: 'Europe/Berlin',
        quiet: null,
        calendar: berlin,
      },
    )
    expect(isoInstant(sent!.at)).toBe('2026-05-20T06:00:00Z')
    expect(sent!.hold).toBe('hours')
  })
  test('whoever wants to be woken is woken', () => {
    const sent = whenToSend(at('2026-05-19T22:00:00Z'), 'promises', 'at-once', {
      zone: 'Europe/Berlin',
      quiet: null,
      calendar: berlin,
    })
    expect(sent).toEqual({ at: at('2026-05-19T22:00:30Z'), hold: 'group' })
  })
  test('whoever is on call is called at once, in quiet time too', () => {
    const midnight = at('2026-05-19T22:00:00Z')
    const quiet = { from: '20:00', until: '08:00' }
    for (const way of ['at-once', 'working-hours'] as const)
      expect(whenToSend(midnight, 'calls', way, { zone: 'Europe/Berlin', quiet, calendar: berlin })).toEqual({
        at: midnight,
        hold: 'group',
      })
    expect(whenToSend(midnight, 'calls', 'off', { zone: 'Europe/Berlin', quiet, calendar: berlin })).toBe(null)
  })
})

test.each([
  ['in working time', '2026-05-19T09:00:00Z', '2026-05-19T09:02:00Z', 'group'],
  ['after work', '2026-05-19T18:00:00Z', '2026-05-20T06:00:00Z', 'hours'],
  ['on Friday evening', '2026-05-22T18:00:00Z', '2026-05-25T06:00:00Z', 'hours'],
  ['on Christmas Eve', '2026-12-24T10:00:00Z', '2027-01-04T07:00:00Z', 'hours'],
  ['just before the end of work', '2026-05-19T14:59:00Z', '2026-05-20T06:00:00Z', 'hours'],
])('%s', (_, noticed, goes, hold) => {
  const sent = whenToSend(at(noticed), 'conversation', 'working-hours', {
    zone: 'Europe/Berlin',
    quiet: null,
    calendar: berlin,
  })
  expect([isoInstant(sent!.at), sent!.hold]).toEqual([goes, hold])
})

test.each([
  ['before midnight', '2026-05-19T21:30:00Z', '2026-05-20T04:30:00Z'],
  ['after midnight', '2026-05-20T01:00:00Z', '2026-05-20T04:30:00Z'],
  ['when it has ended', '2026-05-20T04:30:00Z', '2026-05-20T04:30:00Z'],
  ['the night that is an hour short', '2026-03-28T22:00:00Z', '2026-03-29T04:30:00Z'],
  ['the night that is an hour long', '2026-10-24T21:00:00Z', '2026-10-25T05:30:00Z'],
])('quiet from 22:00 to 06:30: %s', (_, noticed, ends) => {
  expect(isoInstant(endOfQuiet(at(noticed), { from: '22:00', until: '06:30' }, 'Europe/Berlin'))).toBe(ends)
})

test('a quiet time that ends in a repeated hour ends after the moment, in both passes', () => {
  const quiet = { from: '01:00', until: '02:30' }
  expect(isoInstant(endOfQuiet(at('2026-10-25T00:10:00Z'), quiet, 'Europe/Berlin'))).toBe('2026-10-25T00:30:00Z')
  expect(isoInstant(endOfQuiet(at('2026-10-25T01:10:00Z'), quiet, 'Europe/Berlin'))).toBe('2026-10-25T01:30:00Z')
})

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Kathmandu', 'UTC']
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') })
const calendars = { office: berlin, never, none: null }
/** By name: a compiled calendar is no counterexample to read. */
const calendar = fc.constantFrom('office' as const, 'never' as const, 'none' as const)
const quiet = fc.option(fc.record({ from: time, until: time }), { nil: null })
const isQuiet = (second: number, q: { from: string; until: string }, zone: string) =>
  endOfQuiet(second, q, zone) !== second

describe('properties over zones and changes of the clock', () => {
  it('goes out after it was gathered, in working time if wanted, and never in quiet time while both can be had', () => {
    fc.assert(
      fc.property(
        moment,
        fc.constantFrom(...noticeTopics.filter((topic) => topic !== 'calls')),
        fc.constantFrom('at-once' as const, 'working-hours' as const),
        fc.constantFrom(...zones),
        quiet,
        calendar,
        (noticed, topic, way, zone, q, hours) => {
          const cal = calendars[hours]
          const sent = whenToSend(noticed, topic, way, { zone, quiet: q, calendar: cal })!
          expect(sent.at).toBeGreaterThanOrEqual(noticed + gatherSeconds(topic))
          if (q !== null) expect(isQuiet(sent.at, q, zone) && sent.hold !== 'quiet').toBe(false)
          if (sent.hold === 'group') expect(sent.at).toBe(noticed + gatherSeconds(topic))
          if (way === 'at-once' && q === null) expect(sent.hold).toBe('group')
          const works = cal === berlin && way === 'working-hours'
          if (works && q === null) expect(workingTimeBetween(cal, sent.at, sent.at + 1)).toBe(1)
          // nobody is left waiting: a year holds a working hour that is not quiet, or the quiet time alone decides
          expect(sent.at - noticed).toBeLessThan(400 * 86_400)
        },
      ),
    )
  })

  it('never sends a later notice before an earlier one of the same kind', () => {
    fc.assert(
      fc.property(moment, fc.nat(86_400), fc.constantFrom(...zones), quiet, calendar, (first, gap, zone, q, hours) => {
        const cal = calendars[hours]
        const reader = { zone, quiet: q, calendar: cal }
        const one = whenToSend(first, 'other', 'working-hours', reader)!
        const other = whenToSend(first + gap, 'other', 'working-hours', reader)!
        expect(other.at).toBeGreaterThanOrEqual(one.at)
      }),
    )
  })

  it('sends a digest at its local time, on a working day, later than before', () => {
    fc.assert(
      fc.property(moment, time, fc.constantFrom(...zones), calendar, (after, digestAt, zone, hours) => {
        const cal = calendars[hours]
        const next = nextDigest(after, digestAt, { zone, calendar: cal })
        expect(next).toBeGreaterThan(after)
        const local = Temporal.Instant.fromEpochMilliseconds(next * 1000).toZonedDateTimeISO(zone)
        const wanted = local.toPlainDate().toPlainDateTime(Temporal.PlainTime.from(digestAt)).toZonedDateTime(zone)
        expect(Math.floor(wanted.epochMilliseconds / 1000)).toBe(next)
        if (cal === berlin && zone === 'Europe/Berlin') {
          const begins = Math.floor(local.startOfDay().epochMilliseconds / 1000)
          const ends = Math.floor(local.startOfDay().add({ days: 1 }).epochMilliseconds / 1000)
          expect(workingTimeBetween(cal, begins, ends)).toBeGreaterThan(0)
        }
      }),
    )
  })
})

test('what a person chose stands before what their role has', () => {
  expect(wayOf('manager', {}, 'conversation', 'mail')).toBe('off')
  expect(wayOf('manager', { conversation: { mail: 'at-once' } }, 'conversation', 'mail')).toBe('at-once')
  expect(wayOf('manager', { conversation: { mail: 'at-once' } }, 'conversation', 'chat')).toBe('off')
  expect(whenToSend(0, 'other', 'off', { zone: 'UTC', quiet: null, calendar: null })).toBeNull()
  expect([
    digestOf('technician', null),
    digestOf('technician', 'off'),
    digestOf('requester', null),
    digestOf('requester', '09:00'),
  ]).toEqual(['07:30', null, null, '09:00'])
})

test('notices have their topic; a promise that is due or late demands an act', () => {
  expect([topicOf('ladder'), topicOf('ticket.noted'), topicOf('unheard of')]).toEqual([
    'promises',
    'conversation',
    'other',
  ])
  expect(demandsAct({ kind: 'ladder', code: 'commitments.notice.late' })).toBe(true)
  expect(demandsAct({ kind: 'ladder', code: 'commitments.notice.ahead' })).toBe(false)
  expect(demandsAct({ kind: 'ticket.replied', code: 'notifications.replied' })).toBe(false)
})
