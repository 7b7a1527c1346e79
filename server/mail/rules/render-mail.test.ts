import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { type MailBody, renderMail } from './render-mail.ts'

const body = (words: string, href: string | null = 'https://it.example.org/tickets/INC-1'): MailBody => ({
  title: words,
  intro: [words],
  sections: [
    {
      heading: words,
      lines: [{ words, href, detail: words, actions: [{ label: words, href: href ?? '' }] }],
      more: words,
    },
  ],
  footer: [{ words, href }],
})

it('lets no text become markup, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', ' ', '=') }), (words) => {
      const tags = (html: string) => html.match(/<[^>]*>/g) ?? []
      expect(tags(renderMail(body(words)).html)).toEqual(tags(renderMail(body('x')).html))
    }),
  )
})

test('only addresses of the web become links', () => {
  const { html } = renderMail(body('x', 'javascript:alert(1)'))
  expect(html).not.toContain('javascript:')
  expect(html).not.toContain('<a ')
})

test('nothing is loaded from elsewhere, and both schemes are named', () => {
  const { html, text } = renderMail(body('Printer <b>jams</b>'))
  expect(html).not.toMatch(/<img|<script|<link|url\(|src=|@import/)
  expect(html).toContain('prefers-color-scheme: dark')
  expect(text).toContain('Printer <b>jams</b>')
  expect(text).toContain('https://it.example.org/tickets/INC-1')
})
