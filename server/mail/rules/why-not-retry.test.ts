import { expect, test } from 'vitest'
import { whyNotGiveUp, whyNotRetry } from './why-not-retry.ts'

test.each([
  ['queued', false, true, null, null],
  ['sending', false, true, 'mail.on-its-way', 'mail.on-its-way'],
  ['sent', false, true, 'mail.sent-already', 'mail.not-queued'],
  ['sent', true, true, null, 'mail.not-queued'],
  ['skipped', false, true, 'mail.nothing-to-say', 'mail.not-queued'],
  ['failed', false, true, null, 'mail.not-queued'],
  ['withdrawn', false, true, null, 'mail.not-queued'],
  ['failed', false, false, 'mail.no-server', 'mail.not-queued'],
] as const)('%s, bounced %s, server %s', (state, bounced, server, retry, giveUp) => {
  expect(whyNotRetry({ state, bounced }, server)?.code ?? null).toBe(retry)
  expect(whyNotGiveUp({ state })?.code ?? null).toBe(giveUp)
})
