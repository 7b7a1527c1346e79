import { describe, expect, test } from 'vitest'
import { renderSentence, showDuration, showMoment } from './sentences.ts'

const berlin = { zone: 'Europe/Berlin' }

describe('sentences', () => {
  test('show moments in the zone of the reader, dates and lengths of time', () => {
    const messages = { told: 'Due {dueAt}, {leftSeconds} left, on {dayOn}' }
    const params = { dueAt: '2025-06-02T06:00:00Z', leftSeconds: 4320, dayOn: '2025-06-03' }
    expect(renderSentence(messages, { code: 'told', params }, berlin)).toBe(
      'Due Mon 2 Jun 2025 08:00, 1 h 12 min left, on Tue 3 Jun 2025',
    )
    expect(renderSentence(messages, { code: 'told', params }, { zone: 'America/New_York' })).toContain(
      'Mon 2 Jun 2025 02:00',
    )
  })

  test('name the date of a range once', () => {
    const messages = { span: 'Works {range}: {workedSeconds}.' }
    const range = (fromAt: string, toAt: string) =>
      renderSentence(messages, { code: 'span', params: { fromAt, toAt, workedSeconds: 32400 } }, berlin)
    expect(range('2025-06-02T06:00:00Z', '2025-06-02T15:00:00Z')).toBe('Works Mon 2 Jun 2025 08:00–17:00: 9 h.')
    expect(range('2025-06-02T06:00:00Z', '2025-06-02T22:00:00Z')).toBe('Works Mon 2 Jun 2025 08:00–24:00: 9 h.')
    expect(range('2025-06-02T20:00:00Z', '2025-06-03T04:00:00Z')).toBe(
      'Works Mon 2 Jun 2025 22:00 – Tue 3 Jun 2025 06:00: 9 h.',
    )
  })

  test('show seconds only where there are any', () => {
    expect(showMoment('2025-06-02T06:00:13Z', 'Europe/Berlin')).toBe('Mon 2 Jun 2025 08:00:13')
    expect([0, 26, 3600, 14426, -1800, 20_000_000].map((seconds) => showDuration(seconds))).toEqual([
      '0 min',
      '26 s',
      '1 h',
      '4 h 26 s',
      '−30 min',
      '5,555 h 33 min 20 s',
    ])
  })

  test('leave text alone, and show the key of a sentence that is missing', () => {
    const messages = { wave: '{name} <b> & {count, plural, one {# step} other {# steps}}' }
    expect(renderSentence(messages, { code: 'wave', params: { name: '<i>2025-06-02T', count: 2 } }, berlin)).toBe(
      '<i>2025-06-02T <b> & 2 steps',
    )
    expect(renderSentence(messages, { code: 'gone', params: {} }, berlin)).toBe('gone')
  })
})
