import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Candidate, decideMail, type Known, type MailFacts, nothingKnown } from './decide-mail.ts'

const ordinary: MailFacts = {
  isNoMail: false,
  from: { name: 'Rita', address: 'rita@example.org' },
  kind: 'ordinary',
  autoSubmitted: null,
  isAnswer: false,
  forwardedFrom: null,
  isForward: false,
  authenticity: 'none',
  size: 2000,
}
const ticket: Candidate = {
  id: '1',
  reference: 'INC-7',
  by: 'references',
  state: 'in_progress',
  confidential: false,
  reopenable: false,
  standing: 'requester',
  isRequester: true,
  isInside: false,
  recent: 0,
}
const usual: Known = {
  ...nothingKnown,
  mailbox: {
    unknownSenders: 'create',
    outsiders: 'note',
    closedTickets: 'reopen',
    acknowledge: true,
    mostBytes: 1_000_000,
    limits: { perThread: 30, perSender: 60, newSenders: 500 },
  },
  sender: { known: true, isStaff: false },
}
const set = (given: Partial<Known['mailbox']>): Partial<Known> => ({ mailbox: { ...usual.mailbox, ...given } })
const one = (given: Partial<Candidate> = {}): Partial<Known> => ({ candidates: [{ ...ticket, ...given }] })
const away = { kind: 'automatic', autoSubmitted: 'Auto-Submitted: auto-replied' } as const
const alert = { kind: 'automatic', autoSubmitted: 'Auto-Submitted: auto-generated' } as const
const stranger = { standing: 'none' } as const

describe('what becomes of a message', () => {
  it.each<[string, Partial<MailFacts>, Partial<Known>, object]>([
    ['a request', {}, {}, { action: 'open', acknowledge: true }],
    [
      'a request of somebody new',
      {},
      { sender: { known: false, isStaff: false } },
      { action: 'open', acknowledge: true },
    ],
    [
      'somebody new, kept apart',
      {},
      { sender: { known: false, isStaff: false }, ...set({ unknownSenders: 'quarantine' }) },
      { action: 'quarantine' },
    ],
    [
      'somebody new, refused',
      {},
      { sender: { known: false, isStaff: false }, ...set({ unknownSenders: 'refuse' }) },
      { action: 'refuse', answer: 'refusal' },
    ],
    [
      'a machine that is new, refused',
      alert,
      { sender: { known: false, isStaff: false }, ...set({ unknownSenders: 'refuse' }) },
      { action: 'refuse', answer: null },
    ],
    [
      'nobody to ask',
      {},
      { sender: { known: null, isStaff: false }, ...set({ unknownSenders: 'refuse' }) },
      { action: 'open' },
    ],
    ['no mail at all', { isNoMail: true, from: null }, {}, { action: 'park' }],
    ['no sender', { from: null }, {}, { action: 'quarantine' }],
    ['our own', {}, { isOurs: true, ...one() }, { action: 'ignore' }],
    ['a second copy', {}, { same: { ticket: '1', reference: 'INC-7' }, ...one() }, { action: 'ignore' }],
    ['a bounce', { kind: 'bounce' }, one(), { action: 'ignore', bounce: true }],
    ['a receipt', { kind: 'receipt' }, one(), { action: 'ignore', ticket: { id: '1' } }],
    ['an answer', { isAnswer: true }, one(), { action: 'reply', quiet: null, onward: 'nothing' }],
    ['an answer of a follower', {}, one({ standing: 'watcher' }), { action: 'reply', quiet: null }],
    ['an answer of IT', {}, one({ standing: 'staff' }), { action: 'reply', quiet: null }],
    ['an answer of a stranger', {}, one(stranger), { action: 'reply', quiet: 'outsider', onward: 'nothing' }],
    [
      'a stranger, kept apart',
      {},
      { ...one(stranger), ...set({ outsiders: 'quarantine' }) },
      { action: 'quarantine', ticket: { id: '1' } },
    ],
    [
      'a stranger at a confidential ticket',
      {},
      { ...one({ ...stranger, confidential: true }), ...set({ outsiders: 'quarantine' }) },
      { action: 'reply', quiet: 'outsider' },
    ],
    ['a forged answer', { authenticity: 'fail' }, one(), { action: 'reply', quiet: 'outsider' }],
    [
      'IT, not proven',
      { authenticity: 'unproven' },
      one({ standing: 'staff' }),
      { action: 'reply', quiet: 'outsider' },
    ],
    ['a requester, not proven', { authenticity: 'unproven' }, one(), { action: 'reply', quiet: null }],
    ['a machine that takes no part', alert, one(stranger), { action: 'reply', quiet: 'outsider' }],
    [
      'a machine that takes no part, kept apart',
      away,
      { ...one(stranger), ...set({ outsiders: 'quarantine' }) },
      { action: 'quarantine' },
    ],
    ['a forged absence note', { ...away, authenticity: 'fail' }, one(), { action: 'reply', quiet: 'outsider' }],
    [
      'somebody who wants no answer',
      { kind: 'automatic', autoSubmitted: 'X-Auto-Response-Suppress: OOF, AutoReply' },
      {},
      { action: 'open', acknowledge: false },
    ],
    ['a bounce, looked at anew', { kind: 'bounce' }, { ...one(), decided: 'anew' }, { action: 'ignore', bounce: true }],
    ['a bounce, opened by hand', { kind: 'bounce' }, { decided: 'open' }, { action: 'open', bounce: false }],
    [
      'a bounce, linked by hand',
      { kind: 'bounce' },
      { ...one(), decided: 'link' },
      { action: 'reply', quiet: 'automatic' },
    ],
    [
      'forged, linked by hand',
      { authenticity: 'fail' },
      { ...one({ by: 'person' }), decided: 'link' },
      { action: 'reply', quiet: 'outsider' },
    ],
    ['too large, for a ticket', { size: 2_000_000 }, one(), { action: 'refuse', ticket: { id: '1' } }],
    [
      'a forward by IT, not proven',
      { isForward: true, forwardedFrom: { name: 'Max', address: 'max@x.example' }, authenticity: 'unproven' },
      { sender: { known: true, isStaff: true } },
      { action: 'open', requester: 'sender' },
    ],
    ['a forged request', { authenticity: 'fail' }, {}, { action: 'quarantine' }],
    [
      'an answer to what is done',
      {},
      one({ state: 'resolved', reopenable: true }),
      { action: 'reply', onward: 'reopen' },
    ],
    ['an answer too late', {}, one({ state: 'closed' }), { action: 'open', onward: 'follow-up', acknowledge: true }],
    [
      'an answer, to be followed',
      {},
      { ...one({ state: 'closed', reopenable: true }), ...set({ closedTickets: 'follow_up' }) },
      { action: 'open', onward: 'follow-up' },
    ],
    [
      'a stranger at what is done',
      {},
      one({ ...stranger, state: 'closed', reopenable: true }),
      { action: 'reply', quiet: 'outsider', onward: 'nothing' },
    ],
    ['an absence note', away, {}, { action: 'ignore', acknowledge: false }],
    [
      'an absence note to what is done',
      away,
      one({ state: 'closed', reopenable: true }),
      { action: 'reply', quiet: 'automatic', onward: 'nothing' },
    ],
    ['an alert', alert, {}, { action: 'open', acknowledge: false }],
    ['an alert that answers something', { ...alert, isAnswer: true }, {}, { action: 'ignore' }],
    ['a newsletter', { kind: 'list', autoSubmitted: 'Precedence: bulk' }, {}, { action: 'open', acknowledge: false }],
    ['a forward', { isForward: true }, one(), { action: 'open', requester: 'sender' }],
    ['a forward to the address of a ticket', { isForward: true }, one({ by: 'token' }), { action: 'reply' }],
    [
      'a forward to the address of a ticket by somebody who takes no part',
      { isForward: true },
      { ...one(stranger), strangeToken: true, toItsAddress: true },
      { action: 'reply', quiet: 'outsider' },
    ],
    [
      'a forward to the address of a ticket that nothing else names',
      { isForward: true },
      { strangeToken: true, toItsAddress: true },
      { action: 'open' },
    ],
    [
      'a forward by IT',
      { isForward: true, forwardedFrom: { name: 'Max', address: 'max@x.example' } },
      { sender: { known: true, isStaff: true } },
      { action: 'open', requester: 'forwarded' },
    ],
    [
      'a forward by somebody else',
      { isForward: true, forwardedFrom: { name: 'Max', address: 'max@x.example' } },
      {},
      { action: 'open', requester: 'sender' },
    ],
    ['too much in a thread', {}, one({ recent: 30 }), { action: 'quarantine', ticket: { id: '1' } }],
    ['too much of a sender', {}, { recent: { sender: 60, newSenders: 0 } }, { action: 'quarantine' }],
    [
      'too many who are new',
      {},
      { sender: { known: false, isStaff: false }, recent: { sender: 0, newSenders: 500 } },
      { action: 'quarantine' },
    ],
    ['too large', { size: 2_000_000 }, {}, { action: 'refuse', answer: 'tooLarge' }],
    ['too large, of a machine', { ...alert, size: 2_000_000 }, {}, { action: 'refuse', answer: null }],
    ['tried again after a storm', {}, { recent: { sender: 60, newSenders: 0 }, decided: 'anew' }, { action: 'open' }],
    ['opened by hand', { from: null }, { decided: 'open' }, { action: 'open', acknowledge: false }],
    [
      'linked by hand',
      {},
      { decided: 'link', ...one({ ...stranger, by: 'person' }) },
      { action: 'reply', quiet: 'outsider' },
    ],
    ['set aside by hand', {}, { decided: 'answer' }, { action: 'refuse', answer: 'refusal' }],
  ])('%s', (_name, mail, known, expected) => {
    const verdict = decideMail({ ...ordinary, ...mail }, { ...usual, ...known })
    expect(verdict).toMatchObject(expected)
    expect(verdict.steps.length).toBeGreaterThan(0)
  })

  it('takes the first ticket in which the sender takes part', () => {
    const candidates = [
      { ...ticket, ...stranger },
      { ...ticket, id: '2', by: 'subject' as const },
    ]
    expect(decideMail(ordinary, { ...usual, candidates }).ticket?.id).toBe('2')
  })
})

const facts: fc.Arbitrary<MailFacts> = fc.record({
  isNoMail: fc.boolean(),
  from: fc.option(fc.record({ name: fc.string(), address: fc.constant('a@b.example') })),
  kind: fc.constantFrom('ordinary', 'automatic', 'bounce', 'receipt', 'calendar', 'list'),
  autoSubmitted: fc.option(
    fc.constantFrom('Auto-Submitted: auto-replied', 'Auto-Submitted: auto-generated', 'Precedence: bulk'),
  ),
  isAnswer: fc.boolean(),
  forwardedFrom: fc.option(fc.record({ name: fc.string(), address: fc.constant('c@d.example') })),
  isForward: fc.boolean(),
  authenticity: fc.constantFrom('pass', 'fail', 'unproven', 'none'),
  size: fc.nat(2_000_000),
})
const candidate: fc.Arbitrary<Candidate> = fc.record({
  id: fc.constantFrom('1', '2', '3'),
  reference: fc.constant('INC-1'),
  by: fc.constantFrom('token', 'references', 'subject'),
  state: fc.constantFrom('new', 'in_progress', 'resolved', 'closed'),
  confidential: fc.boolean(),
  reopenable: fc.boolean(),
  standing: fc.constantFrom('requester', 'watcher', 'participant', 'staff', 'none'),
  isRequester: fc.boolean(),
  isInside: fc.boolean(),
  recent: fc.nat(40),
})
const known: fc.Arbitrary<Known> = fc.record({
  mailbox: fc.record({
    unknownSenders: fc.constantFrom('create', 'quarantine', 'refuse'),
    outsiders: fc.constantFrom('note', 'quarantine'),
    closedTickets: fc.constantFrom('reopen', 'follow_up'),
    acknowledge: fc.boolean(),
    mostBytes: fc.constant(1_000_000),
    limits: fc.constant({ perThread: 30, perSender: 60, newSenders: 500 }),
  }),
  isOurs: fc.boolean(),
  same: fc.option(fc.record({ ticket: fc.constant('1'), reference: fc.constant('INC-1') })),
  strangeToken: fc.boolean(),
  toItsAddress: fc.boolean(),
  candidates: fc.array(candidate, { maxLength: 3 }),
  sender: fc.record({ known: fc.option(fc.boolean()), isStaff: fc.boolean() }),
  recent: fc.record({ sender: fc.nat(80), newSenders: fc.nat(600) }),
  decided: fc.constant(null),
})

describe('whatever comes', () => {
  const always = (holds: (mail: MailFacts, known: Known, verdict: ReturnType<typeof decideMail>) => boolean) =>
    fc.assert(
      fc.property(facts, known, (mail, what) => holds(mail, what, decideMail(mail, what))),
      { numRuns: 2000 },
    )

  it('nobody moves a ticket who takes no part in it, or who is not proven', () => {
    always((mail, _known, v) => {
      const moves = v.action === 'reply' && v.quiet === null
      const isProven = mail.authenticity !== 'unproven' || v.ticket?.standing !== 'staff'
      return !moves || (v.ticket!.standing !== 'none' && mail.authenticity !== 'fail' && isProven)
    })
    always((_mail, _known, v) => v.onward === 'nothing' || v.ticket!.standing !== 'none')
  })
  it('a machine moves nothing and is answered by none', () => {
    always((mail, _known, v) => {
      const machine =
        mail.autoSubmitted !== null || mail.kind === 'automatic' || mail.kind === 'list' || mail.kind === 'bounce'
      return (
        !machine ||
        (!v.acknowledge && v.answer === null && v.onward === 'nothing' && (v.action !== 'reply' || v.quiet !== null))
      )
    })
  })
  it('limits hold', () => {
    always((_mail, what, v) => what.recent.sender < 60 || (v.action !== 'open' && v.action !== 'reply'))
    always((_mail, _known, v) => v.action !== 'reply' || v.ticket!.recent < 30)
  })
  it('every verdict says why', () => {
    always((_mail, _known, v) => v.steps.length > 0)
  })
})
