import { sentence } from '../platform/catalogue.ts'
import { readStorable } from './read-storable.ts'
import type { ReadMessage } from './reading/read-message.ts'
import { factsOf } from './mail-facts.ts'
import { decideMail, type Known, nothingKnown, type Verdict } from './rules/decide-mail.ts'

/** Looks up what an installation knows of a message, and whose word about its sender is believed there. */
export type AskKnown = (message: ReadMessage) => Promise<{ known: Known; server: string | null }>

/**
 * What the intake makes of one message, by the rule of the intake. Without `ask` as far as the message alone tells it: which tickets it belongs to
 * and who its sender is know only those who have the installation. Nothing is stored.
 */
export async function explainMail(raw: Uint8Array, ask?: AskKnown) {
  const message = await readStorable(raw)
  const { known, server } = ask === undefined ? { known: nothingKnown, server: null } : await ask(message)
  const { action, ticket, steps: reasons } = decideMail(factsOf(message, raw.byteLength, server), known)
  return {
    ...message,
    attachments: message.attachments.map(({ name, type, size, sha256, inline }) => ({
      name,
      type,
      size,
      sha256,
      inline,
    })),
    problems: message.problems.map((one) => sentence(one.code, one.params)),
    verdict: {
      action: shownAction(action),
      ...(ticket === null ? {} : { ticket: ticket.reference }),
      reasons: reasons.map((one) => sentence(one.code, one.params)),
    },
  }
}
/** Refusing politely opens nothing; that the sender is told stands in the reasons. */
const shownAction = (action: Verdict['action']) => (action === 'refuse' ? ('ignore' as const) : action)
export type ExplainedMail = Awaited<ReturnType<typeof explainMail>>

/** The same for a person at a terminal, step by step. */
export function explainedInWords(mail: ExplainedMail): string {
  const steps = [...stepsOfHead(mail), ...stepsOfContent(mail), ...mail.problems.map((one) => `Note: ${one}`)]
  const verdict = [...mail.verdict.reasons, sentence(`mailboxes.verdict.action.${mail.verdict.action}`)]
  return [...steps.map((one) => `  ${one}`), ...verdict.map((one, at) => `  ${at + 1}. ${one}`)].join('\n')
}

const person = (one: ReadMessage['from']): string =>
  one === null ? 'nobody' : one.name === '' ? one.address : `${one.name} <${one.address}>`

function stepsOfHead(mail: ExplainedMail): string[] {
  const to = [...mail.to, ...mail.cc]
  return [
    `From ${person(mail.from)}${to.length === 0 ? '' : ` to ${to.slice(0, 5).map(person).join(', ')}${to.length > 5 ? `, and ${to.length - 5} more` : ''}`}`,
    `Subject: ${mail.subject === '' ? 'none' : mail.subject}`,
    `Sent ${mail.date ?? 'at a time that is not known'}; ${mail.messageId === null ? 'no Message-ID' : `Message-ID ${mail.messageId}`}`,
    ...(mail.inReplyTo.length === 0 ? [] : [`Answers ${mail.inReplyTo.slice(0, 3).join(' ')}`]),
    ...mail.authentication.map(
      (one) =>
        `${one.server} says of the sender: ${one.results.map((r) => `${r.method} ${r.result}`).join(', ') || 'nothing'}`,
    ),
    ...(mail.forwardedFrom === null ? [] : [`Written first by ${person(mail.forwardedFrom)}`]),
  ]
}

function stepsOfContent(mail: ExplainedMail): string[] {
  const words = mail.textWithoutQuotes.replace(/\s+/g, ' ').trim()
  const folded = mail.text.trim().length - mail.textWithoutQuotes.length
  return [
    words === '' ? 'Says nothing' : `Says: ${words.length > 200 ? `${words.slice(0, 200)}…` : words}`,
    ...(folded > 0 ? [`Folded: ${folded} characters of quoted text and signature`] : []),
    ...mail.attachments.map(
      (one) => `Attached: ${one.name} (${one.type}, ${one.size} bytes${one.inline ? ', shown in the text' : ''})`,
    ),
  ]
}
