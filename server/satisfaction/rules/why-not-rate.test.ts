import { expect, test } from 'vitest'
import { rateUntil, whyNotRate } from './why-not-rate.ts'

const resolvedAt = '2026-03-01T10:00:00.000Z'
test.each([
  ['resolved', true, '2026-03-02T00:00:00.000Z', 'fine'],
  ['closed', true, '2026-03-15T10:00:00.000Z', 'fine'],
  ['closed', true, '2026-03-15T10:00:00.001Z', 'ratings.too-late'],
  ['resolved', false, '2026-03-02T00:00:00.000Z', 'ratings.not-yours'],
  ['in_progress', true, '2026-03-02T00:00:00.000Z', 'ratings.not-resolved'],
])('%s, by its requester: %s, at %s: %s', (state, isRequester, now, code) => {
  expect(whyNotRate({ state, resolvedAt }, { isRequester }, now)?.code ?? 'fine').toBe(code)
})
test('what is not resolved has no end', () => {
  expect(rateUntil(null)).toBeNull()
  expect(whyNotRate({ state: 'new', resolvedAt: null }, { isRequester: true }, resolvedAt)?.code).toBe(
    'ratings.not-resolved',
  )
})
