import sanitizeHtml from 'sanitize-html'

/**
 * HTML of a mail as it may be stored and shown. Scripts, forms, frames, styles of the page and hidden text are dropped; `cid:` images keep their
 * id in `data-cid`, remote ones their address in `data-remote-src`: nothing outside learns that the mail was read until somebody asks for them.
 */
export function sanitisedMail(html: string): string {
  return sanitizeHtml(html, allowed).trim()
}

const tableAttributes = ['colspan', 'rowspan', 'align', 'valign', 'width', 'height', 'bgcolor', 'dir']
const colour = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s,.%]{5,30}\)$/i, /^[a-z]{3,20}$/i]
const length = [/^-?[\d.]{1,6}(?:px|pt|em|rem|%)?$/]

const allowed: sanitizeHtml.IOptions = {
  // prettier-ignore
  allowedTags: ['p','br','div','span','b','strong','i','em','u','s','del','ins','strike','sub','sup','small','big','font','center','a','ul','ol','li','dl','dt','dd',
    'blockquote','pre','code','tt','kbd','samp','h1','h2','h3','h4','h5','h6','hr','table','caption','colgroup','col','thead','tbody','tfoot','tr','th','td','img','abbr','address','cite','q'],
  allowedAttributes: {
    '*': ['dir', 'lang', 'style'],
    a: ['href', 'title', 'rel', 'target'],
    img: ['alt', 'width', 'height', 'data-cid', 'data-remote-src'],
    blockquote: ['type'],
    font: ['color', 'size', 'face'],
    ol: ['start', 'type'],
    table: ['border', 'cellpadding', 'cellspacing', ...tableAttributes],
    td: tableAttributes,
    th: tableAttributes,
    tr: tableAttributes,
    col: ['width', 'span'],
    p: ['align'],
    div: ['align'],
  },
  allowedStyles: {
    '*': {
      color: colour,
      'background-color': colour,
      'font-weight': [/^(?:bold|bolder|normal|[1-9]00)$/],
      'font-style': [/^(?:italic|normal|oblique)$/],
      'text-decoration': [/^(?:underline|line-through|none)$/],
      'text-align': [/^(?:left|right|center|justify)$/],
      'white-space': [/^(?:pre|pre-wrap|pre-line|nowrap|normal)$/],
      'vertical-align': [/^(?:top|middle|bottom|baseline)$/],
      'list-style-type': [/^[a-z-]{3,20}$/],
      width: length,
      'border-collapse': [/^collapse$/],
    },
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'title',
    'head',
    'xml',
    'template',
    'svg',
    'math',
    'iframe',
    'object',
  ],
  nestingLimit: 100,
  transformTags: {
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' },
    }),
    img: (tagName, { src = '', alt = '', width, height }) => ({
      tagName,
      attribs: { alt, ...sourceOf(src.trim()), ...sized('width', width), ...sized('height', height) },
    }),
  },
  // hidden text is what a filter reads and a person does not; an image without a source shows nothing
  exclusiveFilter: (frame) =>
    frame.tag === 'img'
      ? frame.attribs['data-cid'] === undefined && frame.attribs['data-remote-src'] === undefined
      : isHidden(frame.attribs),
}

const sized = (name: string, value: string | undefined): Record<string, string> =>
  value !== undefined && /^\d{1,4}%?$/.test(value) ? { [name]: value } : {}

function sourceOf(src: string): Record<string, string> {
  if (/^cid:/i.test(src)) return { 'data-cid': decoded(src.slice(4)) }
  if (/^https?:\/\//i.test(src)) return { 'data-remote-src': src }
  return /^\/\/[^/]/.test(src) ? { 'data-remote-src': `https:${src}` } : {}
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Whether a reader is not meant to see what is in here. */
const isHidden = (attribs: Readonly<Record<string, string | undefined>>): boolean =>
  attribs['hidden'] !== undefined ||
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)|max-height\s*:\s*0(?:px)?\s*(?:;|!|$))/i.test(
    attribs['style'] ?? '',
  )
