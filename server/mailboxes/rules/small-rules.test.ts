import { describe, expect, it } from 'vitest'
import { cutHtml } from './cut-html.ts'
import { envelopeRecipients } from './envelope-recipients.ts'
import { checkTemplate, filled } from './fill-template.ts'
import { headersOf } from './headers-of.ts'
import { inRows } from './in-order.ts'
import { judgeAuthentication } from './judge-authentication.ts'
import { letterHtml } from './letter-html.ts'
import { isForwardSubject, isReplySubject, subjectTags, titleOf } from './subject-tags.ts'

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
    ['DKIM of another domain', [results('mx', ['dkim', 'pass', { 'header.d': 'list.example' }])], 'mx', 'none'],
    ['SPF fails alone', [results('mx', ['spf', 'fail'])], 'mx', 'fail'],
    ['SPF is soft', [results('mx', ['spf', 'softfail'])], 'mx', 'none'],
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
    ['WG: Rechnung', 'Rechnung'],
    ['  ', ''],
    ['Reading list', 'Reading list'],
  ])('%s is called %s', (subject, title) => expect(titleOf(subject)).toBe(title))
  it('tells a forward from a reply', () => {
    expect(['Fwd: x', 'TR: x', '[Fwd: x]', 'Forward x'].map(isForwardSubject)).toEqual([true, true, true, false])
    expect(['RE: x', 'Antw: x', 'SV: x', 'Regarding x'].map(isReplySubject)).toEqual([true, true, true, false])
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
