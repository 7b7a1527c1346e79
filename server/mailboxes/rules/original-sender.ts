/** Who wrote a message that was forwarded inside another's text; `Name <address>`, as it stands there; null where nothing was forwarded. */
export function originalSender(text: string): string | null {
  const lines = text
    .replaceAll('\r', '')
    .split('\n')
    .map((line) => line.replace(/^[>\s*_]+/, '').trimEnd())
  const begun = lines.findIndex((line) => forwardBegins.test(line))
  if (begun === -1) return null
  for (const line of lines.slice(begun + 1, begun + 15)) {
    const found = fromField.exec(line)
    if (found !== null)
      return found[1]!
        .replace(/[*_]+/g, '')
        .replace(/\[mailto:([^\]]+)\]/i, '<$1>')
        .replace(/<mailto:([^>]+)>/i, '<$1>')
        .trim()
  }
  return null
}

/** The line with which the common clients begin what they forward. */
const forwardBegins =
  /^(?:-{2,}\s*(?:forwarded (?:message|by)|weitergeleitete nachricht|(?:original|forwarded)[ -]?message|ursprüngliche nachricht|original-?nachricht|message (?:transféré|d'origine|original)|mensaje (?:reenviado|original)|mensagem (?:encaminhada|original)|messaggio (?:inoltrato|originale)|doorgestuurd bericht|oorspronkelijk bericht|vidarebefordrat meddelande|videresendt (?:melding|meddelelse|besked)|välitetty viesti|wiadomość przekazana|пересылаемое сообщение|переадресованное сообщение|转发的邮件|转发邮件)|begin forwarded message\s*:|anfang der weitergeleiteten nachricht\s*:|début du message réexpédié\s*:|début du message transféré\s*:|inicio del mensaje reenviado\s*:|inizio messaggio inoltrato\s*:|begin doorgestuurd bericht\s*:|início da mensagem (?:re)?encaminhada\s*:)/i

const fromField =
  /^(?:from|von|de|da|van|från|fra|lähettäjä|od|от кого|от|发件人|寄件者|差出人|expéditeur|mittente)\s*[:：]\s*(.+)$/i
