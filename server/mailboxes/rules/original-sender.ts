import { isFromField, isHeadOfQuote } from './quote-headers.ts'
import { isForwardSubject } from './subject-tags.ts'

/**
 * Who wrote a message that is forwarded inside the text of another, `Name <address>` as it stands there; null where nothing is forwarded.
 * The head of a quoted message counts only where the subject says that it is passed on: an answer quotes too.
 */
export function originalSender(text: string, subject: string): string | null {
  const lines = text.replaceAll('\r', '').split('\n').slice(0, 20_000)
  const plain = lines.map((line) => line.replace(/^[>\s*_]+/, ''))
  const marked = plain.findIndex((line) => forwardBegins.test(line))
  const begun =
    marked === -1 && isForwardSubject(subject) ? plain.findIndex((_line, at) => isHeadOfQuote(plain, at)) : marked
  if (begun === -1) return null
  const from = plain.slice(begun, begun + 16).find((line) => isFromField(line))
  return from === undefined ? null : senderOf(from)
}

/** `Von: *Tess* [mailto:tess@example.org]` as `Tess <tess@example.org>`. */
const senderOf = (field: string): string =>
  field
    .slice(field.search(/[:：]/) + 1)
    .replaceAll('*', '')
    .replace(/[[<]mailto:([^\]>]+)[\]>]/i, '<$1>')
    .replace(/<([^<>]+)><[^<>]*>/, '<$1>')
    .trim()

/** The line with which the common clients begin what they forward. */
const forwardBegins =
  /^(?:-{2,}\s*(?:forwarded (?:message|by)|weitergeleitete (?:nachricht|e-?mail)|message transféré|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht|vidarebefordrat meddelande|videresendt (?:melding|meddelelse|besked)|välitetty viesti|wiadomość przekazana|przekazana wiadomość|пересылаемое сообщение|переадресованное сообщение|转发的邮件|转发邮件|轉寄的郵件)|begin forwarded message\s*:|anfang der weitergeleiteten nachricht\s*:|début du message (?:réexpédié|transféré)\s*:|inicio del mensaje reenviado\s*:|inizio messaggio inoltrato\s*:|begin doorgestuurd bericht\s*:|início da mensagem (?:re)?encaminhada\s*:)/iu
