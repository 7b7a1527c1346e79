import { Readable } from 'node:stream'
import { type FileContents, insertUpload, tameName } from '../files/public.ts'
import { paragraphs, sanitised } from '../notes/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { unescapedText } from '../platform/rules/escaped-text.ts'
import { newId } from '../platform/identifiers.ts'
import { htmlAsText } from './reading/html-as-text.ts'
import type { ReadAttachment } from './reading/attachments.ts'
import type { ReadMessage } from './reading/read-message.ts'
import { cutHtml } from './rules/cut-html.ts'

/** What a mail says, as it may stand in a ticket; `cid:` images name their files. */
export interface ShownText {
  body: string
  folded: string | null
  files: { id: string; attachment: ReadAttachment }[]
}

/** Puts a message into the form of a note: what was written now, what is folded, and the files that hang on it. */
export function shownText(read: ReadMessage): ShownText {
  const files = read.attachments.map((attachment) => ({ id: newId(), attachment }))
  const images = new Map(
    files.flatMap(({ id, attachment }) => (attachment.contentId === null ? [] : [[attachment.contentId, id]])),
  )
  const html = (text: string): string => sanitised(withImages(text, images) || ' <p></p>')
  const reply = read.textWithoutQuotes
  const isWhole = reply.replace(/\s+/g, '') === read.text.replace(/\s+/g, '')
  if (read.html !== null) {
    if (isWhole) return { body: html(read.html), folded: null, files }
    const cut = cutHtml(read.html, htmlAsText(read.html), reply) ?? cutHtml(read.html, read.text, reply)
    if (cut !== null) return { body: html(cut.head), folded: html(cut.tail), files }
  }
  return {
    body: paragraphs(reply),
    folded: isWhole ? null : paragraphs(restOf(read.text, reply)),
    files,
  }
}

/** What follows the reply, or all of it where answers stand between what is quoted. */
function restOf(text: string, reply: string): string {
  const whole = text.trim()
  return whole.startsWith(reply) ? whole.slice(reply.length) : whole
}

/** Images that came along are shown; those elsewhere are links, shown once the reader asks for them, so that nobody learns by itself that the mail was read. */
const withImages = (html: string, images: ReadonlyMap<string, string>): string =>
  html.replace(/<img\b[^>]*>/gi, (tag) => {
    const cid = /\bdata-cid="([^"]*)"/i.exec(tag)?.[1]
    const file = cid === undefined ? undefined : images.get(unescapedText(cid))
    const alt = /\balt="([^"]*)"/i.exec(tag)?.[1] ?? ''
    if (file !== undefined) return `<img src="/api/v1/files/${file}" alt="${alt}" />`
    const remote = /\bdata-remote-src="([^"]*)"/i.exec(tag)?.[1]
    return remote === undefined ? alt : `<a href="${remote}" data-remote-image="">${alt || '🖼'}</a>`
  })

/** Stores what hangs on a message under its content; before the transaction, since content that nothing names is harmless. */
export async function keepContents(contents: FileContents, shown: ShownText): Promise<void> {
  for (const { attachment } of shown.files) await contents.keep(Readable.from([attachment.content]))
}

/** Writes the files as uploads of whoever acts; answers their ids. */
export async function writeFiles(ctx: Ctx, shown: ShownText): Promise<string[]> {
  for (const { id, attachment } of shown.files)
    await insertUpload(ctx.tx, {
      id,
      organisation: ctx.actor.organisation,
      name: tameName(attachment.name),
      type: /^[\w.+-]+\/[\w.+-]+$/.test(attachment.type) ? attachment.type.toLowerCase() : 'application/octet-stream',
      size: attachment.size,
      sha256: Buffer.from(attachment.sha256, 'hex'),
      by: ctx.actor.id,
      inline: shown.body.includes(`/api/v1/files/${id}"`),
    })
  return shown.files.map((file) => file.id)
}
