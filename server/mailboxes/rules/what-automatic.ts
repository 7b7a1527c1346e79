/** Fields that say so of an answer to something; vacation notes often have no return path. */
const answers =
  /auto-?replied|auto[-_ ]?reply|autorespond|autoantwort|\boof\b|^subject:|return-path: <>|x-mail-autoreply|delivered-by-autoreply/i

/**
 * Whether a machine answered (`reply`: out of office, a responder) or spoke first (`generated`: an alert, a newsletter); null where a person wrote.
 * RFC 3834, 2 and 5.
 */
export function whatAutomatic(mail: {
  kind: string
  autoSubmitted: string | null
  isAnswer: boolean
}): 'reply' | 'generated' | null {
  if (mail.autoSubmitted === null && mail.kind !== 'automatic' && mail.kind !== 'list') return null
  if (mail.kind === 'list') return 'generated'
  return answers.test(mail.autoSubmitted ?? '') || mail.isAnswer ? 'reply' : 'generated'
}
