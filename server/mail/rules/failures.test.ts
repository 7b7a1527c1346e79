import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { afterFailure, longestTrying } from './attempts.ts'
import { enhancedStatus, judgeFailure } from './judge-failure.ts'

const attempt = (
  code: string,
  command = 'CONN',
  responseCode?: number,
  response = responseCode === undefined ? undefined : `${responseCode} x`,
) => ({ code, command, responseCode, response })

test.each([
  ['nothing listens', attempt('ECONNREFUSED'), 'server', 'mail.problem.refused'],
  ['no answer in time', attempt('ETIMEDOUT'), 'server', 'mail.problem.stalled'],
  ['no answer to DATA in time', attempt('ETIMEDOUT', 'CONN'), 'server', 'mail.problem.stalled'],
  ['the name is unknown', attempt('EDNS'), 'server', 'mail.problem.unknown-host'],
  ['the connection breaks', attempt('ECONNECTION'), 'server', 'mail.problem.closed'],
  ['a certificate nobody trusts', attempt('ETLS'), 'server', 'mail.problem.tls'],
  ['a certificate made at home', attempt('DEPTH_ZERO_SELF_SIGNED_CERT'), 'server', 'mail.problem.tls'],
  ['the password is wrong', attempt('EAUTH', 'AUTH PLAIN', 535), 'server', 'mail.problem.credentials'],
  ['credentials are wanted', attempt('EENVELOPE', 'MAIL FROM', 530), 'server', 'mail.problem.credentials'],
  ['greeted with 554', attempt('EPROTOCOL', 'CONN', 554), 'server', 'mail.problem.greeting'],
  ['closing in the middle', attempt('EENVELOPE', 'RCPT TO', 421), 'server', 'mail.problem.closing'],
  ['greylisted', attempt('EENVELOPE', 'RCPT TO', 450), 'later', 'mail.problem.later'],
  ['the disk of the other side is full', attempt('EMESSAGE', 'DATA', 452), 'later', 'mail.problem.later'],
  [
    'no such mailbox',
    attempt('EENVELOPE', 'RCPT TO', 550, '550 5.1.1 no such user'),
    'address',
    'mail.problem.address',
  ],
  ['refused by policy', attempt('EENVELOPE', 'RCPT TO', 550, '550 5.7.1 denied'), 'message', 'mail.problem.message'],
  ['the sender is refused', attempt('EENVELOPE', 'MAIL FROM', 550), 'message', 'mail.problem.message'],
  ['taken for spam', attempt('EMESSAGE', 'DATA', 554), 'message', 'mail.problem.message'],
  ['an address no server is asked about', attempt('EENVELOPE', 'API'), 'address', 'mail.problem.no-address'],
  ['larger than the server takes', attempt('EMESSAGE', 'API'), 'message', 'mail.problem.too-large'],
])('%s', (_, given, what, code) => {
  expect(judgeFailure(given)).toMatchObject({ what, why: { code } })
})

test('the enhanced status is read from a reply', () => {
  expect(enhancedStatus('550 5.1.1 no such user')).toBe('5.1.1')
  expect(enhancedStatus('550-5.1.1 The email account')).toBe('5.1.1')
  expect(enhancedStatus('450 try later')).toBeNull()
  expect(enhancedStatus(undefined)).toBeNull()
})

it('tries again ever more slowly, and not for ever; a 5yz not at all', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('later' as const, 'server' as const),
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 0, max: 4 * 86_400 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (what, attempts, age, spread) => {
        const step = afterFailure(what, attempts, age, spread)
        if (step.do === 'give-up') {
          expect(age + 3600 * 1.2).toBeGreaterThan(longestTrying)
          return
        }
        expect(step.afterSeconds).toBeGreaterThanOrEqual(15)
        const later = afterFailure(what, attempts + 1, age, spread)
        if (later.do === 'again') expect(later.afterSeconds).toBeGreaterThanOrEqual(step.afterSeconds)
      },
    ),
  )
  expect(afterFailure('address', 1, 0, 0)).toEqual({ do: 'give-up' })
  expect(afterFailure('message', 1, 0, 0)).toEqual({ do: 'give-up' })
})
