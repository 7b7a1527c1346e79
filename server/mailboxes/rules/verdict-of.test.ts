import { expect, test } from 'vitest'
import { type Decisive, type KnownOfMessage, verdictOf } from './verdict-of.ts'

const tess = { name: 'Tess', address: 'tess@example.org' }
const ordinary: Decisive = {
  from: tess,
  subject: 'Printer',
  inReplyTo: [],
  kind: 'ordinary',
  autoSubmitted: null,
  bounce: null,
  forwardedFrom: null,
  problems: [],
}
const ticket = { reference: 'T-7', by: 'references' } as const

test.each<[string, Partial<Decisive>, KnownOfMessage, string, string | null]>([
  ['a request', {}, {}, 'open', null],
  ['an answer by a participant', { inReplyTo: ['<1@x>'] }, { ticket, takesPart: true }, 'reply', 'T-7'],
  ['an answer by an outsider', {}, { ticket, takesPart: false }, 'quarantine', 'T-7'],
  ['an answer to what nobody knows', { inReplyTo: ['<1@x>'] }, {}, 'open', null],
  ['an absence note', { kind: 'automatic', autoSubmitted: 'Auto-Submitted: auto-replied' }, {}, 'ignore', null],
  [
    'an absence note to a ticket',
    { kind: 'automatic', autoSubmitted: 'Auto-Submitted: auto-replied' },
    { ticket },
    'reply',
    'T-7',
  ],
  ['an alert of a machine', { kind: 'automatic', autoSubmitted: 'Auto-Submitted: auto-generated' }, {}, 'open', null],
  ['a bounce', { kind: 'bounce' }, { ticket, takesPart: true }, 'ignore', null],
  ['a receipt', { kind: 'receipt' }, {}, 'ignore', null],
  ['our own mail', {}, { isOurs: true, ticket, takesPart: true }, 'ignore', null],
  ['without a sender', { from: null }, {}, 'quarantine', null],
  ['no mail at all', { from: null, problems: [{ code: 'mailboxes.problem.no-head', params: {} }] }, {}, 'park', null],
])('%s', (_name, message, known, action, reference) => {
  const verdict = verdictOf({ ...ordinary, ...message }, known)
  expect(verdict).toMatchObject({ action, ticket: reference })
  expect(verdict.reasons.length).toBeGreaterThan(0)
})
