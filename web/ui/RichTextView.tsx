import { useLayoutEffect, useRef, useState } from 'react'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import classes from './RichText.module.css'

const reference = /\b(INC|REQ|PRB|CHG|PO|AST|PRJ)-?\d{3,}\b/g

/** Quoted mail is folded and references become links; the server has already made the HTML safe. `of`: show the images elsewhere that this text names. */
function prepared(html: string, of: string | null): Node[] {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const quote of page.body.querySelectorAll(':scope > blockquote, :scope > div > blockquote')) {
    const fold = page.createElement('details')
    const summary = page.createElement('summary')
    summary.textContent = t('rich.quoted')
    quote.replaceWith(fold)
    fold.append(summary, quote)
  }
  for (const link of of === null ? [] : page.body.querySelectorAll<HTMLAnchorElement>('a[data-remote-image]')) {
    const image = page.createElement('img')
    image.alt = link.textContent
    // what does not come stays a link
    image.addEventListener('error', () => image.replaceWith(link))
    image.src = `/api/v1/remote-images/${of}?${new URLSearchParams({ address: link.href }).toString()}`
    link.replaceWith(image)
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

/** `of`: the note or ticket whose text it is; its images elsewhere are then shown once they are asked for. */
export function RichTextView({ html, of = null }: { html: string; of?: string | null }) {
  const place = useRef<HTMLDivElement>(null)
  const [isAsked, ask] = useState(false)
  useLayoutEffect(() => place.current?.replaceChildren(...prepared(html, isAsked ? of : null)), [html, isAsked, of])
  return (
    <>
      {of !== null && !isAsked && html.includes(' data-remote-image') && (
        <button type="button" className={classes['remote']} title={t('rich.showImagesHelp')} onClick={() => ask(true)}>
          {t('rich.showImages')}
        </button>
      )}
      <div ref={place} className={classes['view']} />
    </>
  )
}

/** Whether rich text says anything at all. */
export const saysNothing = (html: string): boolean =>
  !/<img/i.test(html) &&
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .trim() === ''
