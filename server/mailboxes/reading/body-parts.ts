import { type MessagePart } from './message-parts.ts'

/** Which parts are read as the message, and which hang on it (RFC 8621, 4.1.4). */
export interface BodyParts {
  text: MessagePart[]
  html: MessagePart[]
  attached: MessagePart[]
}

const isShownMedia = (type: string): boolean => /^(?:image|audio|video)\//.test(type)

/** The algorithm of RFC 8621, 4.1.4: in `alternative` one side each, in `related` the first part only, media in between where it stands. */
export function bodyParts(root: MessagePart): BodyParts {
  const found: BodyParts = { text: [], html: [], attached: [] }
  gather([root], 'mixed', false, found.html, found.text, found)
  return found
}

function gather(
  parts: readonly MessagePart[],
  multipart: string,
  inAlternative: boolean,
  html: MessagePart[] | null,
  text: MessagePart[] | null,
  found: BodyParts,
): void {
  const textBefore = text?.length ?? -1
  const htmlBefore = html?.length ?? -1
  for (const [at, part] of parts.entries()) {
    const isMultipart = part.children.length > 0
    const isInline =
      part.disposition !== 'attachment' &&
      (part.type === 'text/plain' || part.type === 'text/html' || isShownMedia(part.type)) &&
      (at === 0 || (multipart !== 'related' && (isShownMedia(part.type) || part.name === null)))
    if (isMultipart) {
      const sub = part.type.slice(part.type.indexOf('/') + 1)
      gather(part.children, sub, inAlternative || sub === 'alternative', html, text, found)
    } else if (isInline) {
      if (multipart === 'alternative') {
        if (part.type === 'text/plain') text?.push(part)
        else if (part.type === 'text/html') html?.push(part)
        else found.attached.push(part)
        continue
      }
      if (inAlternative) {
        if (part.type === 'text/plain') html = null
        if (part.type === 'text/html') text = null
      }
      text?.push(part)
      html?.push(part)
      if ((text === null || html === null) && isShownMedia(part.type)) found.attached.push(part)
    } else found.attached.push(part)
  }
  if (multipart !== 'alternative' || text === null || html === null) return
  // only one side was found: it stands for both
  if (textBefore === text.length && htmlBefore !== html.length) text.push(...html.slice(htmlBefore))
  if (htmlBefore === html.length && textBefore !== text.length) html.push(...text.slice(textBefore))
}
