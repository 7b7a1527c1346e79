import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { composeReport, type ReportFacts, spanWords, wasKept } from './compose-report.ts'
import { whyNotDeclare, whyNotLead, whyNotReport } from './why-not.ts'

const words = {
  sentence: (key: string, params: Record<string, string | number> = {}) => `${key} ${JSON.stringify(params)}`,
  moment: (at: string) => at.slice(11, 16),
}
const facts: ReportFacts = {
  reference: 'INC-7',
  headline: 'Mail is down',
  affected: 'All of Bergen',
  declaredAt: '2026-05-19T08:00:00.000Z',
  endedAt: '2026-05-19T10:05:00.000Z',
  commander: 'Cora',
  communications: 'Max',
  technical: null,
  updates: [
    { kind: 'declared', words: 'No mail since eight.', at: '2026-05-19T08:00:00.000Z', promisedFor: null },
    {
      kind: 'update',
      words: 'A disk is full.',
      at: '2026-05-19T08:30:00.000Z',
      promisedFor: '2026-05-19T08:30:00.000Z',
    },
    { kind: 'ended', words: 'It runs.', at: '2026-05-19T10:05:00.000Z', promisedFor: '2026-05-19T09:00:00.000Z' },
  ],
}

describe('the report', () => {
  it('says what, how long, who, what was told when, and which updates came late', () => {
    const report = composeReport(facts, words)
    expect(report.split('\n\n')[0]).toBe('Mail is down (INC-7)')
    expect(report).toContain('"span":"2 h 5 min"')
    expect(report).toContain('All of Bergen')
    expect(report).toContain('08:00: No mail since eight.\n08:30: A disk is full.\n10:05: It runs.')
    expect(report).toContain('major-incidents.report.promises {"all":2,"late":1}')
    expect(report).not.toContain('report.technical')
  })
  it('holds every update whatever was written, once', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 40 }), { maxLength: 20 }), (list) => {
        const report = composeReport(
          {
            ...facts,
            updates: list.map((one, n) => ({
              kind: 'update',
              words: `${n}<${one}>`,
              at: facts.endedAt,
              promisedFor: null,
            })),
          },
          words,
        )
        list.forEach((one, n) => expect(report.split(`${n}<${one}>`)).toHaveLength(2))
      }),
      { numRuns: 200 },
    )
  })
  test.each([
    [0, '0 min'],
    [45, '45 min'],
    [60, '1 h'],
    [125, '2 h 5 min'],
    [1440, '1 d'],
    [1621, '1 d 3 h'],
  ])('%i minutes are %s', (minutes, span) => expect(spanWords(minutes)).toBe(span))
  test.each([
    ['2026-05-19T08:30:00Z', null, null],
    ['2026-05-19T08:30:00Z', '2026-05-19T08:30:00Z', true],
    ['2026-05-19T08:30:01Z', '2026-05-19T08:30:00Z', false],
  ])('told at %s, promised for %s: kept %s', (at, promisedFor, kept) => expect(wasKept({ at, promisedFor })).toBe(kept))
})

describe('who may do what, and when', () => {
  const ticket = { open: true, confidential: false, isLive: false }
  test.each([
    [ticket, true, true, null],
    [ticket, false, true, 'major-incidents.not-yours'],
    [{ ...ticket, isLive: true }, true, true, 'major-incidents.live-already'],
    [{ ...ticket, open: false }, true, true, 'major-incidents.ticket-over'],
    [{ ...ticket, confidential: true }, true, true, 'major-incidents.confidential'],
    [{ ...ticket, confidential: true }, true, false, null],
  ])('%j declared by who is inside: %s, to everyone: %s -> %s', (facts_, inside, everyone, code) =>
    expect(whyNotDeclare(facts_, { inside }, everyone)?.code ?? null).toBe(code),
  )
  it('is led while it is live, and reported on afterwards', () => {
    for (const [state, lead, report] of [
      ['live', null, 'major-incidents.still-live'],
      ['ended', 'major-incidents.over', null],
    ] as const) {
      expect(whyNotLead({ state }, { inside: true })?.code ?? null).toBe(lead)
      expect(whyNotReport({ state }, { inside: true })?.code ?? null).toBe(report)
      expect(whyNotLead({ state }, { inside: false })?.code).toBe('major-incidents.not-yours')
    }
  })
})
