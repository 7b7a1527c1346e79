import { createHmac, timingSafeEqual } from 'node:crypto'
import { keyFor } from '../platform/sealing.ts'

const purpose = 'reply token'
const hexOf = (id: string): string => id.replaceAll('-', '')
const idOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`

/** Of a ticket and the address it was mailed to, 80 bits; lower case, because some mail systems do not keep the case of an address. */
const signed = (secret: Buffer, ticket: string, address: string): string =>
  createHmac('sha256', keyFor(secret, purpose)).update(`${ticket} ${address.toLowerCase()}`).digest('hex').slice(0, 20)

/** `ticket.signature`, which only whoever got the mail can know, and which is worth something from that address alone. */
export const tokenOf = (secret: Buffer, ticket: string, address: string): string =>
  `${hexOf(ticket)}.${signed(secret, ticket, address)}`

export const replyMessageId = (secret: Buffer, mail: string, ticket: string, address: string, domain: string): string =>
  `<${hexOf(mail)}.${tokenOf(secret, ticket, address)}@${domain}>`

/** `desk+token@example.org` (RFC 5233). */
export function replyAddress(secret: Buffer, mailbox: string, ticket: string, address: string): string {
  const at = mailbox.lastIndexOf('@')
  return `${mailbox.slice(0, at)}+${tokenOf(secret, ticket, address)}${mailbox.slice(at)}`
}

export interface ReplyToken {
  ticket: string
  signature: string
}

/** Tokens in addresses and Message-IDs, whoever made them. */
export const tokensIn = (texts: readonly string[]): ReplyToken[] =>
  texts.flatMap((text) =>
    [...text.matchAll(/(?<![0-9a-f])([0-9a-f]{32})\.([0-9a-f]{20})@/gi)].map(([, ticket, signature]) => ({
      ticket: idOf(ticket!.toLowerCase()),
      signature: signature!.toLowerCase(),
    })),
  )

/** Whether the token is ours and was issued to one of the addresses. */
export const isIssuedTo = (secret: Buffer, token: ReplyToken, addresses: readonly string[]): boolean =>
  addresses.some((address) =>
    timingSafeEqual(Buffer.from(signed(secret, token.ticket, address)), Buffer.from(token.signature)),
  )

const letters = 'abcdefghijklmnopqrstuvwxyz234567'
/** By which an installation knows a reference of its own in a subject: `[INC-1042/k7m]`. */
export function markOf(secret: Buffer, reference: string): string {
  const bytes = createHmac('sha256', keyFor(secret, 'subject mark')).update(reference).digest()
  return [0, 1, 2].map((at) => letters[bytes[at]! & 31]!).join('')
}
export const subjectTag = (secret: Buffer, reference: string): string => `[${reference}/${markOf(secret, reference)}]`
