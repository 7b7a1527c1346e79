import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMessage } from './read-message.ts'

const message = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1')

test('reads the fields of a plain message', async () => {
  const read = await readMessage(
    message(
      'Delivered-To: help@halvorsen-marine.example',
      'Authentication-Results: mx.halvorsen-marine.example; spf=pass smtp.mailfrom=tess@example.org; dkim=fail (bad; key) header.d=example.org',
      'From: =?utf-8?q?T=C3=A9ss?= <tess@example.org>',
      'To: Help <help@halvorsen-marine.example>, "Lind, Cora" <cora@halvorsen-marine.example>',
      'Subject: =?iso-2022-jp?b?GyRCRnxLXBsoQg==?=',
      'Message-ID: <1@example.org>',
      'References: <a@example.org>',
      ' <b@example.org>',
      'Date: Fri, 21 Nov 1997 09:55:06 -0600',
      '',
      'The printer is out of paper.',
    ),
  )
  expect(read).toMatchObject({
    from: { name: 'Téss', address: 'tess@example.org' },
    to: [{ name: 'Help' }, { name: 'Lind, Cora', address: 'cora@halvorsen-marine.example' }],
    subject: '日本',
    messageId: '<1@example.org>',
    references: ['<a@example.org>', '<b@example.org>'],
    date: '1997-11-21T15:55:06.000Z',
    text: 'The printer is out of paper.',
    deliveredTo: ['help@halvorsen-marine.example'],
    authentication: [
      {
        server: 'mx.halvorsen-marine.example',
        results: [
          { method: 'spf', result: 'pass', properties: { 'smtp.mailfrom': 'tess@example.org' } },
          { method: 'dkim', result: 'fail', properties: { 'header.d': 'example.org' } },
        ],
      },
    ],
    kind: 'ordinary',
    autoSubmitted: null,
    problems: [],
  })
})

test('what is no mail is shown as it stands', async () => {
  const read = await readMessage(Buffer.from('Note: call Rita.\n\nShe waits.\n'))
  expect(read).toMatchObject({ from: null, text: 'Note: call Rita.\n\nShe waits.\n' })
  expect(read.problems.map((one) => one.code)).toContain('mailboxes.problem.no-head')
})

test('any bytes are read without an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 4_000 }), async (bytes) => {
      const read = await readMessage(bytes)
      expect(read.problems.length).toBeGreaterThan(0)
    }),
    { numRuns: 200 },
  )
})
