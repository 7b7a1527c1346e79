import { describe, expect, it } from 'vitest'
import { cutHtml } from './cut-html.ts'
import { envelopeRecipients } from './envelope-recipients.ts'
import { filled } from '../../notes/rules/fill-names.ts'
import { checkTemplate } from './fill-template.ts'
import { headersOf } from './headers-of.ts'
import { inRows } from './in-order.ts'
import { judgeAuthentication } from './judge-authentication.ts'
import { letterHtml } from './letter-html.ts'
import { isHeadOfQuote } from './quote-headers.ts'
import { signatureBegins } from './signatures.ts'
import { isForwardSubject, isReplySubject, subjectTags, titleOf } from './subject-tags.ts'
import { whatAutomatic } from './what-automatic.ts'
import { whyAutomatic } from './why-automatic.ts'
import { cpuMs } from '../../../test/support/cpu-time.ts'

const results = (server: string, ...all: [string, string, Record<string, string>?][]) => ({
  server,
  results: all.map(([method, result, properties = {}]) => ({ method, result, properties })),
})

describe('whether a sender is proven', () => {
  const from = 'rita@brightwater.example'
  it.each([
    ['nobody is believed', [results('mx', ['dmarc', 'fail'])], null, 'none'],
    ['another server says so', [results('evil', ['dmarc', 'pass'])], 'mx', 'none'],
    ['DMARC passes', [results('mx', ['dmarc', 'pass'], ['spf', 'fail'])], 'MX', 'pass'],
    ['DMARC fails', [results('mx', ['dmarc', 'fail'], ['spf', 'pass', { 'smtp.mailfrom': from }])], 'mx', 'fail'],
    ['the nearest field counts', [results('mx', ['dmarc', 'fail']), results('mx', ['dmarc', 'pass'])], 'mx', 'fail'],
    ['DKIM of the own domain', [results('mx', ['dkim', 'pass', { 'header.d': 'brightwater.example' }])], 'mx', 'pass'],
    ['DKIM of another domain', [results('mx', ['dkim', 'pass', { 'header.d': 'list.example' }])], 'mx', 'unproven'],
    [
      'SPF of another domain, no DMARC',
      [results('mx', ['spf', 'pass', { 'smtp.mailfrom': 'x@evil.example' }], ['dmarc', 'none'])],
      'mx',
      'unproven',
    ],
    ['nothing was looked at', [results('mx', ['iprev', 'pass'])], 'mx', 'none'],
    ['who signed in', [results('mx', ['auth', 'pass'], ['spf', 'none'])], 'mx', 'none'],
    ['SPF fails alone', [results('mx', ['spf', 'fail'])], 'mx', 'fail'],
    ['SPF is soft', [results('mx', ['spf', 'softfail'])], 'mx', 'unproven'],
  ] as const)('%s', (_name, fields, server, expected) => {
    expect(judgeAuthentication(fields, server, from)).toBe(expected)
  })
})

describe('subjects', () => {
  it('names tickets, those with a mark first, and nothing that only looks so', () => {
    expect(subjectTags('Re: INC-7 and [REQ-12/k7m] of XINC-9, INC-10a')).toEqual([
      { reference: 'REQ-12', mark: 'k7m' },
      { reference: 'INC-7', mark: null },
    ])
    expect(subjectTags('[Ticket#4711] [RT #5]')).toEqual([])
  })
  it.each([
    ['Re: AW: Re[2]: Printer', 'Printer'],
    ['Fwd: [INC-7/k7m] Printer', 'Printer'],
    ['Fwd: Re: No sound [INC-7/k7m]', 'No sound'],
    ['No sound [INC-7]', 'No sound [INC-7]'],
    ['WG: Rechnung', 'Rechnung'],
    ['  ', ''],
    ['Reading list', 'Reading list'],
  ])('%s is called %s', (subject, title) => expect(titleOf(subject)).toBe(title))
  it('tells a forward from a reply', () => {
    expect(['Fwd: x', 'TR: x', '[Fwd: x]', 'Forward x'].map(isForwardSubject)).toEqual([true, true, true, false])
    expect(['RE: x', 'Antw: x', 'SV: x', 'Regarding x'].map(isReplySubject)).toEqual([true, true, true, false])
  })
})

describe('which machine wrote', () => {
  it.each([
    ['nobody', null, 'ordinary', false, null],
    ['an absence note', 'Auto-Submitted: auto-replied', 'automatic', false, 'reply'],
    ['an old absence note', 'Subject: Out of office', 'automatic', false, 'reply'],
    ['somebody who wants no answer', 'X-Auto-Response-Suppress: DR, OOF, AutoReply', 'automatic', false, 'generated'],
    ['an empty return path', 'Return-Path: <>', 'automatic', false, 'generated'],
    ['an empty return path that answers', 'Return-Path: <>', 'automatic', true, 'reply'],
    ['a list', 'Precedence: list', 'list', true, 'generated'],
    ['a report', null, 'bounce', false, 'generated'],
  ] as const)('%s', (_name, autoSubmitted, kind, isAnswer, expected) => {
    expect(whatAutomatic({ kind, autoSubmitted, isAnswer })).toBe(expected)
  })
  it('goes by what an absence note says of itself before what it asks for', () => {
    const fields = (all: Record<string, string>) => ({
      first: (name: string) => all[name] ?? null,
      all: (name: string) => (all[name] === undefined ? [] : [all[name]]),
      names: () => Object.keys(all),
    })
    const suppress = { 'x-auto-response-suppress': 'OOF', 'return-path': '<>' }
    expect(whyAutomatic(fields({ ...suppress, subject: 'Automatic reply: x' }))).toBe('Subject: Automatic reply: x')
    expect(whyAutomatic(fields({ ...suppress, subject: 'Disk full' }))).toBe('X-Auto-Response-Suppress: OOF')
  })
})

describe('large texts', () => {
  const many = 200_000
  it.each<[string, () => unknown]>([
    ['tags before the quote', () => cutHtml(`${'<b>'.repeat(many)}<div>Quoted words`, 'Quoted words', '')],
    ['lines before the quote', () => cutHtml(`<p>x</p>${'<br> '.repeat(many)}Quoted words`, 'x Quoted words', 'x')],
    ['brackets alone', () => cutHtml(`${'<'.repeat(many)}Quoted words`, 'Quoted words', '')],
    ['a field without its colon', () => isHeadOfQuote([`from${' '.repeat(many)}x`], 0)],
    ['a long word in a footer', () => signatureBegins(['Hi', '___', 'x'.repeat(many)], 'Rita')],
    ['dots', () => signatureBegins(['Hi', `${'.'.repeat(many)}x`], 'Rita')],
    ['a subject', () => titleOf(`re${' '.repeat(many)}x`)],
  ])('of %s end soon', async (_name, run) => {
    expect(await cpuMs(run)).toBeLessThan(1000)
  })
  it('keeps no half of a sign in a title', () => {
    expect(titleOf(`${'x'.repeat(254)}\u{1F600}`).isWellFormed()).toBe(true)
  })
})

describe('messages taken in at the same time', () => {
  const message = (id: string, from: string, ...named: string[]) => ({ id, from, named })
  const rows = (all: readonly ReturnType<typeof message>[]) =>
    inRows(all, (one) => ({ messageId: one.id, named: one.named, from: one.from })).map((row) =>
      row.map((one) => one.id),
    )
  it('keeps conversations and senders in order', () => {
    expect(
      rows([
        message('a', '1'),
        message('b', '2'),
        message('c', '3', 'a'),
        message('d', '2'),
        message('e', '4', 'b', 'c'),
        message('f', '5'),
      ]),
    ).toEqual([['a', 'b', 'c', 'd', 'e'], ['f']])
  })
})

describe('words of mails', () => {
  it('fills in once, and drops lines that stay empty', () => {
    expect(filled('{{ a }} {{b}} {{c}}', { a: '{{b}}', b: 'B' })).toBe('{{b}} B ')
    const letter = letterHtml(
      '{{text}}\n\n{{files}}\n\n{{author}}',
      { author: 'Tess <x>', files: '' },
      '<p>Hi</p>',
      'Hi',
    )
    expect(letter.text).toBe('Hi\n\nTess <x>\n')
    expect(letter.html).toContain('<div><p>Hi</p></div><p>Tess &lt;x&gt;</p>')
  })
  it('says what is wrong with a template', () => {
    const wrong = (body: string, subject = 'x') => checkTemplate('reply', { subject, body })?.code ?? null
    expect(wrong('{{text}}')).toBeNull()
    expect(wrong('{{text}} {{due}}')).toBe('mailboxes.template-unknown')
    expect(wrong('{{text}} {{')).toBe('mailboxes.template-unclosed')
    expect(wrong('nothing')).toBe('mailboxes.template-lacks')
    expect(wrong('{{text}}', '{{text}}')).toBe('mailboxes.template-unknown')
    expect(wrong(' ')).toBe('mailboxes.template-empty')
  })
})

describe('raw messages', () => {
  it('finds whom the envelope named before whom the author wrote to', () => {
    const raw = 'Received: x\r\nTo: a@x.example,\r\n b@x.example\r\nDelivered-To: C@x.example\r\n\r\nTo: body@x.example'
    expect(envelopeRecipients(Buffer.from(raw))).toEqual(['c@x.example', 'a@x.example', 'b@x.example'])
    expect(headersOf(Buffer.from(raw)).map((one) => one.name)).toEqual(['Received', 'To', 'Delivered-To'])
  })
  it('cuts HTML where the quoted words begin', () => {
    const html =
      '<div><b>Thanks</b> &amp; bye</div><div>On Tue, Tess wrote:<blockquote>Which one is it?</blockquote></div>'
    expect(cutHtml(html, 'Thanks & bye\n\nOn Tue, Tess wrote:\n> Which one is it?', 'Thanks & bye')).toEqual({
      head: '<div><b>Thanks</b> &amp; bye</div>',
      tail: '<div>On Tue, Tess wrote:<blockquote>Which one is it?</blockquote></div>',
    })
    expect(cutHtml(html, 'other words', 'words')).toBeNull()
  })
})
