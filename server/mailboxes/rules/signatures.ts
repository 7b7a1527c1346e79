/** Where the signature begins among the lines of a reply (RFC 3676, 4.3, and what people and clients write instead); -1 where there is none. */
export function signatureBegins(lines: readonly string[], sender: string | null): number {
  const last = lines.findLastIndex((line) => line.trim() !== '')
  const begin = Math.max(0, last - mostLines)
  for (let at = begin; at <= last; at += 1) {
    const line = lines[at]!.trim()
    const rest = lines.slice(at + 1, last + 1).filter((one) => one.trim() !== '')
    if (/^--$/.test(line) && rest.length > 0) return at
    if (clientSays.test(line) && rest.length <= 2) return at
    if (
      /^(?:_{2,}|-{10,})$/.test(line) &&
      rest.length > 0 &&
      rest.length <= 6 &&
      rest.some((one) => footer.test(one.slice(0, mostOfLine)))
    )
      return at
  }
  return sender === null ? -1 : signedByName(lines, last, sender)
}

/** More than this below a mark is no signature. */
const mostLines = 25

/** What a client adds by itself, alone on its line. */
const clientSays =
  /^(?:sent (?:from|via) (?:my |the )?[\p{L}\p{N}+ '’-]{2,40}|sent from (?:mail|outlook|yahoo mail)(?: (?:for|on) [\p{L}\p{N} ]+)?|get outlook for (?:ios|android)\s*(?:<[^>]*>)?|(?:von|gesendet (?:von|mit)) (?:meinem|meiner|der)? ?[\p{L}\p{N}+ -]{2,40}(?: gesendet)?|envoyé (?:de|depuis) mon [\p{L}\p{N}+ -]{2,40}|enviado (?:desde|do|a partir do) (?:mi|meu) [\p{L}\p{N}+ -]{2,40}|inviato da(?:l mio)? [\p{L}\p{N}+ -]{2,40}|(?:verstuurd|verzonden) vanaf mijn [\p{L}\p{N}+ -]{2,40}|skickat från min [\p{L}\p{N}+ -]{2,40}|sendt fra min [\p{L}\p{N}+ -]{2,40}|lähetetty [\p{L}\p{N}+ -]{2,30}|wysłane z [\p{L}\p{N}+ '’-]{2,40}|отправлено с [\p{L}\p{N}+ -]{2,40})$/iu

/** No footer, and no name, needs more of a line. Characters. */
const mostOfLine = 400
const footer = /https?:\/\/|[^\s@]+@[^\s@]+\.|mailing list|confidential|vertraulich/i
const greeting =
  /^(?:thanks?(?: you)?(?: (?:so|very) much| in advance| again)?|many thanks|(?:best |kind(?:est)? |warm )?(?:regards|wishes)|best|cheers|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|mit (?:freundlichen|besten|herzlichen) grüßen|(?:viele|beste|freundliche|liebe|herzliche) grüße|(?:liebe |viele )?gr(?:uß|üße)|mfg|lg|vg|cordialement|bien à vous|merci(?: d'avance)?|saludos(?: cordiales)?|un saludo|gracias|atentamente|cordiali saluti|distinti saluti|grazie|atenciosamente|obrigad[oa]|met vriendelijke groet(?:en)?|mvg|groet(?:en|jes)?|med vänlig(?:a)? hälsning(?:ar)?|mvh|(?:med )?vennlig hilsen|ystävällisin terveisin|pozdrawiam|z poważaniem|с уважением|спасибо)[,.!]?$/iu

/** The sender's own name near the end, alone on its line, with the greeting above it. */
function signedByName(lines: readonly string[], last: number, sender: string): number {
  const words = sender
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word.length > 1)
  const isName = (line: string): boolean => {
    if (line.length > mostOfLine) return false
    const said = line
      .trim()
      .replace(/^[-–—~*]+\s*|[,.*]+$/g, '')
      .toLowerCase()
      .split(/\s+/)
    return said[0] !== '' && said.length <= 4 && said.every((word) => words.includes(word))
  }
  for (let at = Math.max(1, last - 6); at <= last; at += 1) {
    if (!isName(lines[at]!)) continue
    let begin = at
    while (begin > 0 && lines[begin - 1]!.trim() === '' && at - begin < 2) begin -= 1
    if (begin > 0 && greeting.test(lines[begin - 1]!.trim())) begin -= 1
    else begin = at
    return lines.slice(0, begin).some((line) => line.trim() !== '') ? begin : -1
  }
  return -1
}
