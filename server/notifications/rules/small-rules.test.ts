import { expect, test } from 'vitest'
import { linkState } from './link-state.ts'
import { whyNotAbsence } from './why-not-absence.ts'

const now = '2026-05-19T12:00:00Z'
const link = { person: 'tess', expiresAt: '2026-05-20T12:00:00Z', used: false }

test.each([
  ['open to whoever has the mail', link, null, 'open'],
  ['open to the recipient, signed in', link, 'tess', 'open'],
  ['used', { ...link, used: true }, null, 'used'],
  ['expired', { ...link, expiresAt: now }, null, 'expired'],
  ['closed to others, who learn nothing more', { ...link, used: true }, 'bo', 'not-yours'],
] as const)('a link is %s', (_, given, signedIn, state) => {
  expect(linkState(given, { signedIn }, now)).toBe(state)
})

test.each([
  ['2026-05-20', '2026-05-25', 'bo', null],
  ['2026-05-19', '2026-05-19', null, null],
  ['2026-05-25', '2026-05-20', 'bo', 'notifications.absence-order'],
  ['2026-05-01', '2026-05-18', 'bo', 'notifications.absence-past'],
  ['2026-05-20', '2026-05-25', 'tess', 'notifications.own-delegate'],
])('an absence from %s to %s with %s: %s', (firstDay, lastDay, delegate, code) => {
  expect(whyNotAbsence({ firstDay, lastDay, delegate }, '2026-05-19', 'tess')?.code ?? null).toBe(code)
})
