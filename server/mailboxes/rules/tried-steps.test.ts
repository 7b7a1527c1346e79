import { expect, it } from 'vitest'
import { folderNames, judgeEncryption, stepOf } from './tried-steps.ts'

it.each([
  ['mailboxes.imap.sign-in', 'sign-in'],
  ['mailboxes.imap.sign-in-said', 'sign-in'],
  ['mailboxes.imap.certificate', 'encryption'],
  ['mailboxes.imap.encryption', 'encryption'],
  ['mailboxes.imap.refused', null],
  ['mailboxes.imap.stalled', null],
])('%s is about %s', (code, step) => expect(stepOf(code)).toBe(step))

it.each([
  [null, 'warning', 'mailboxes.try.unchecked'],
  ['2026-06-21T23:59:59Z', 'warning', 'mailboxes.try.ending'],
  ['2026-06-22T00:00:00Z', 'good', 'mailboxes.try.encrypted'],
])('a certificate until %s is %s', (until, state, code) =>
  expect(judgeEncryption(until, '2026-06-01T00:00:00Z')).toMatchObject({ state, code }),
)

it('names folders so that a line can be read', () => {
  expect(folderNames(['INBOX', 'Orders'])).toEqual({ names: 'INBOX, Orders', more: 0 })
  const many = folderNames(Array.from({ length: 1_000 }, (_one, at) => `${at} ${'x'.repeat(200)}`))
  expect(many.more).toBe(980)
  expect(many.names.length).toBeLessThan(20 * 82)
})
