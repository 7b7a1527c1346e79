import { expect, test } from 'vitest'
import { isAddressDead, messageIdsIn, readReport } from './read-report.ts'

const postfix = `Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: 4F2
Arrival-Date: Tue, 19 May 2026 10:00:00 +0200

Final-Recipient: rfc822; Tess@Example.test
Original-Recipient: rfc822;tess@example.test
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <tess@example.test>:
    user unknown
`

test('a report names recipient, action, status and words', () => {
  expect(readReport(postfix)).toEqual([
    {
      recipient: 'tess@example.test',
      action: 'failed',
      status: '5.1.1',
      words: '550 5.1.1 <tess@example.test>: user unknown',
    },
  ])
  expect(readReport(postfix.replaceAll('\n', '\r\n'))).toHaveLength(1)
})

test('several recipients, and blocks that say nothing', () => {
  const two = `${postfix}\nFinal-Recipient: rfc822;bo@example.test\nAction: delayed\nStatus: 4.4.1\n\nX-Other: yes\n`
  expect(readReport(two).map((one) => [one.recipient, one.action])).toEqual([
    ['tess@example.test', 'failed'],
    ['bo@example.test', 'delayed'],
  ])
  expect(readReport('')).toEqual([])
})

test.each([
  ['failed', '5.1.1', true],
  ['failed', null, true],
  ['failed', '5.7.1', false],
  ['failed', '4.4.7', false],
  ['delayed', '4.4.1', false],
  ['delivered', '2.0.0', false],
] as const)('%s %s: the address is dead: %s', (action, status, dead) => {
  expect(isAddressDead({ recipient: 'x', action, status, words: '' })).toBe(dead)
})

test('the Message-ID that was sent back', () => {
  expect(messageIdsIn('Subject: x\r\nMessage-ID:\r\n <a@b.example>\r\nTo: y')).toEqual(['<a@b.example>'])
  expect(messageIdsIn('Subject: Message-ID: <no>')).toEqual([])
})
