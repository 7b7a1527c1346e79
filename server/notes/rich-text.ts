import sanitizeHtml from 'sanitize-html'
import { escapedText } from '../platform/rules/escaped-text.ts'

/** What a person may write: text, lists, tables, links, code, images that were uploaded here. Everything else is dropped. */
const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    'p',
    'br',
    'div',
    'span',
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'a',
    'ul',
    'ol',
    'li',
    'blockquote',
    'pre',
    'code',
    'h1',
    'h2',
    'h3',
    'h4',
    'hr',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'img',
  ],
  allowedAttributes: {
    a: ['href'],
    img: ['src', 'alt', 'width', 'height'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    ol: ['start'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: [] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: 60,
  transformTags: {
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' },
    }),
  },
  // images only from our own file store: nothing outside learns that a ticket was read
  exclusiveFilter: (frame) =>
    frame.tag === 'img' && !/^\/api\/v1\/files\/[0-9a-f-]{36}$/.test(frame.attribs['src'] ?? ''),
}
allowed.allowedAttributes = {
  ...(allowed.allowedAttributes as Record<string, string[]>),
  a: ['href', 'rel', 'target', 'data-remote-image'],
}

/** HTML as it may be stored and shown. Plain text becomes paragraphs. */
export function sanitised(html: string): string {
  if (!/[<&]/.test(html)) return paragraphs(html)
  return sanitizeHtml(html, allowed).trim()
}

/** Plain text as paragraphs, an empty line between two; nothing in it is a tag. */
export const paragraphs = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n{2,}/)
    .filter((part) => part !== '')
    .map((part) => `<p>${escapedText(part).replaceAll('\n', '<br />')}</p>`)
    .join('')

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}

/** The words of sanitised HTML on one line, at most `length` characters. */
export function plainText(html: string, length = 200): string {
  const text = html
    .replace(/<(br|\/p|\/li|\/tr|\/h\d)[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`
}

/** Whether anything is left to read or see. */
export const isEmptyText = (html: string): boolean => !html.includes('<img') && plainText(html, 10) === ''
