import { useLayoutEffect, useRef } from 'react'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import classes from './RichText.module.css'

const reference = /\b(INC|REQ|PRB|CHG|PO|AST|PRJ)-?\d{3,}\b/g

/** Quoted mail is folded and references become links; the server has already made the HTML safe. */
function prepared(html: string): Node[] {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const quote of page.body.querySelectorAll(':scope > blockquote, :scope > div > blockquote')) {
    const fold = page.createElement('details')
    const summary = page.createElement('summary')
    summary.textContent = t('rich.quoted')
    quote.replaceWith(fold)
    fold.append(summary, quote)
  }
  for (const image of page.body.querySelectorAll('img')) {
    image.loading = 'lazy'
    if (!image.hasAttribute('alt')) image.alt = t('rich.image')
  }
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode() !== null) texts.push(walker.currentNode as Text)
  for (const text of texts) {
    if (text.parentElement?.closest('a, code, pre') !== null || text.data.search(reference) === -1) continue
    const parts: (string | Node)[] = []
    let end = 0
    for (const match of text.data.matchAll(reference)) {
      const link = page.createElement('a')
      link.href = paths.ticket(match[0])
      link.textContent = match[0]
      parts.push(text.data.slice(end, match.index), link)
      end = match.index + match[0].length
    }
    text.replaceWith(...parts, text.data.slice(end))
  }
  return [...page.body.childNodes]
}

export function RichTextView({ html }: { html: string }) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => place.current?.replaceChildren(...prepared(html)), [html])
  return <div ref={place} className={classes['view']} />
}

/** Whether rich text says anything at all. */
export const saysNothing = (html: string): boolean =>
  !/<img/i.test(html) &&
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .trim() === ''
