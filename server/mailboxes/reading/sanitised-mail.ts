import sanitizeHtml from 'sanitize-html'

/**
 * HTML of a mail as it may be stored and shown. Scripts, forms, frames, styles of the page and hidden text are dropped; `cid:` images keep their
 * id in `data-cid`, remote ones their address in `data-remote-src`: nothing outside learns that the mail was read until somebody asks for them.
 */
export function sanitisedMail(html: string): string {
  return sanitizeHtml(upToDepth(html), allowed).trim()
}

/** Real mails nest some hundred elements; hostile ones a hundred thousand, which costs the square of it. */
const mostDepth = 1_000
/** Elements that end by themselves (HTML, 13.1.2). */
const endsAlone =
  /^(?:br|hr|img|meta|link|input|col|area|base|wbr|source|p|li|dt|dd|tr|td|th|thead|tbody|tfoot|option)$/i

/** The beginning of a page up to where it nests too deep. */
function upToDepth(html: string): string {
  let depth = 0
  for (const found of html.matchAll(/<(\/?)([a-z][a-z0-9:]{0,20})/gi)) {
    if (endsAlone.test(found[2]!)) continue
    depth = found[1] === '/' ? Math.max(0, depth - 1) : depth + 1
    if (depth > mostDepth) return html.slice(0, found.index)
  }
  return html
}

const tableAttributes = ['colspan', 'rowspan', 'align', 'valign', 'width', 'height', 'bgcolor', 'dir']
const colour = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s,.%]{5,30}\)$/i, /^[a-z]{3,20}$/i]
const length = [/^-?[\d.]{1,6}(?:px|pt|em|rem|%)?$/]

const allowed: sanitizeHtml.IOptions = {
  // prettier-ignore
  allowedTags: ['p','br','div','span','b','strong','i','em','u','s','del','ins','strike','sub','sup','small','big','font','center','a','ul','ol','li','dl','dt','dd',
    'blockquote','pre','code','tt','kbd','samp','h1','h2','h3','h4','h5','h6','hr','table','caption','colgroup','col','thead','tbody','tfoot','tr','th','td','img','abbr','address','cite','q'],
  allowedAttributes: {
    '*': ['dir', 'lang', 'style', 'data-hidden'],
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
    // hidden text is what a filter reads and a person does not
    '*': (tagName, attribs) => ({ tagName, attribs: isHidden(attribs) ? { ...attribs, 'data-hidden': '' } : attribs }),
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' },
    }),
    img: (tagName, { src = '', alt = '', width, height }) => ({
      tagName,
      attribs: { alt, ...sourceOf(src.trim()), ...sized('width', width), ...sized('height', height) },
    }),
  },
  // an image without a source shows nothing
  exclusiveFilter: ({ tag, attribs }) =>
    attribs['data-hidden'] !== undefined ||
    (tag === 'img' && attribs['data-cid'] === undefined && attribs['data-remote-src'] === undefined),
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
