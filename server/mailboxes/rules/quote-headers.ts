/** How the common clients announce quoted text, in their languages. Lines come without line ends. */

/** "On Tue, 25 Sep 2012 at 8:59, Chris wrote:", also wrapped: how many lines it takes at `at`; 0 where none stands there. */
export function attributionLines(lines: readonly string[], at: number): number {
  if (!attributionBegins.test(lines[at]!)) return 0
  for (let count = 1; count <= 3 && at + count <= lines.length; count += 1) {
    if (count > 1 && (lines[at + count - 1]!.trim() === '' || attributionBegins.test(lines[at + count - 1]!))) return 0
    const joined = lines
      .slice(at, at + count)
      .join(' ')
      .trim()
    if (joined.length > 400) return 0
    if (isAttribution(joined)) return count
  }
  return 0
}

/** At most a few words before a number: a date begins there. */
const attributionBegins = /^[\s*_-]*(?:[\p{L}'’]+[.,:]*\s+){0,4}["']?\d/u
const saidBefore =
  /(?:\bwrote|\bwrites|\bschrieb|\bgeschrieben|\ba écrit|\bescribió|\bha scritto|\bescreveu|\bschreef|\bskrev|\bkirjoitti|\bnapisał(?:\(a\)|a)?|\bnapsal(?:\(a\)|a)?|написал(?:\(а\)|а)?|пишет|\byazdı|写道|寫道|のメッセージ|작성|\bírta|\ba scris)\s*(?:-{2,}|[:：])?\s*-*$/iu
/** Where the name follows the verb, the line ends with a colon. */
const saidWithin = /(?:\bschrieb|\bschreef|\bskrev|\bescribió|\bescreveu|\bkirjoitti|\bnapisał|\bskrifaði)\b.*[:：]$/iu
const address = /[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+\.[^\s<>()[\]"',;:]+/
const time = /\b\d{1,2}[:.]\d{2}\b|\b(?:19|20)\d{2}\b/

const isAttribution = (text: string): boolean =>
  saidBefore.test(text) || saidWithin.test(text) || (/[>)\]][:：]$/.test(text) && address.test(text) && time.test(text))

/** "-----Original Message-----". */
export const isSeparator = (line: string): boolean =>
  /^[\s>*_]*-{2,}\s*(?:original(?:e|er)?[ -]?(?:message|nachricht|appointment|e-?mail)|ursprüngliche[ -]nachricht|message (?:d'origine|original)|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|originalmeddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|исходное сообщение|原始邮件|原始郵件|元のメッセージ|reply (?:above|message))\s*-{2,}\s*$/iu.test(
    line,
  ) || replyAbove.test(line)

/** Our own and other help desks ask to answer above a line. */
const replyAbove = /^[\s*_#-]*(?:##- )?(?:please (?:type your )?)?reply (?:above|over) this line\b/i

/** A line of dashes or underscores, which clients draw above what they quote. */
export const isRule = (line: string): boolean => /^\s*(?:-{5,}|_{5,}|={5,}|\*{5,}|—{3,})\s*$/.test(line)

/** How far a line is looked at for a field of a quoted head; its name stands at the beginning. Characters. */
const mostOfField = 400

/** The field of a quoted head that names who wrote it. */
export const isFromField = (line: string): boolean => fromField.test(line.slice(0, mostOfField))
const isOtherField = (line: string): boolean => otherField.test(line.slice(0, mostOfField))
const fromField =
  /^[\s>*_]*(?:from|von|de|da|van|från|fra|lähettäjä|od|nadawca|от|от кого|отправитель|发件人|寄件者|差出人|보낸 사람|expéditeur|mittente|remitente|remetente|gönderen|kimden|feladó)\s*\*?\s*[:：]\s*\*?\s*\S/iu
const otherField =
  /^[\s>*_]*(?:sent|date|to|cc|bcc|subject|reply-to|importance|gesendet|datum|an|betreff|kopie|envoyé(?: le)?|à|objet|date d'envoi|enviado(?: el| em)?|fecha|data|para|asunto|assunto|inviato|a|oggetto|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne|lähetetty|pvm|vastaanottaja|aihe|kopio|wysłano|do|dw|temat|odesláno|komu|předmět|отправлено|дата|кому|копия|тема|发送时间|日期|收件人|抄送|主题|寄件日期|收件者|主旨|送信日時|宛先|件名|보낸 날짜|받는 사람|제목|gönderildi|kime|konu|tárgy|címzett|elküldve)\s*\*?\s*[:：]/iu

/**
 * Fields of the quoted message's head, "From: … Sent: … To: … Subject: …", in any order and with wrapped lists of addresses: whether such a block
 * begins at `at`. One field alone is what a person may write, too.
 */
export function isHeadOfQuote(lines: readonly string[], at: number): boolean {
  if (!isFromField(lines[at]!) && !isOtherField(lines[at]!)) return false
  let from = 0
  let others = 0
  let wrapped = 0
  for (const line of lines.slice(at, at + 12)) {
    if (isFromField(line)) from += 1
    else if (isOtherField(line)) others += 1
    else if (line.trim() === '' || ++wrapped > 4) break
  }
  return from > 0 && others >= 2
}
