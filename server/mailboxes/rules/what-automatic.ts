/**
 * Fields that say so of an answer to something. Who asks for no answers (`X-Auto-Response-Suppress: OOF, AutoReply`) gives none, and an empty return
 * path alone is any machine's.
 */
const answers =
  /^(?!x-auto-response-suppress:)(?:subject:|.*(?:auto-?replied|auto[-_ ]?reply|autorespond|autoantwort|\boof\b|x-mail-autoreply|delivered-by-autoreply))/i

const machines = ['automatic', 'list', 'bounce']

/**
 * Whether a machine answered (`reply`: out of office, a responder) or spoke first (`generated`: an alert, a newsletter); null where a person wrote.
 * RFC 3834, 2 and 5.
 */
export function whatAutomatic(mail: {
  kind: string
  autoSubmitted: string | null
  isAnswer: boolean
}): 'reply' | 'generated' | null {
  if (mail.autoSubmitted === null && !machines.includes(mail.kind)) return null
  if (mail.kind === 'list' || mail.kind === 'bounce') return 'generated'
  return answers.test(mail.autoSubmitted ?? '') || mail.isAnswer ? 'reply' : 'generated'
}
