import type { Transporter } from 'nodemailer'
import type { Config } from '../platform/config.ts'
import type { MailServer } from '../platform/mail-server.ts'
import type { FailedAttempt } from './rules/judge-failure.ts'

export type MailSettings = NonNullable<Config['mail']>

/** Time limits of one attempt (milliseconds): a server that stalls is left. RFC 5321, 4.5.3.2 allows minutes; we have other mails to send. */
export interface TimeLimits {
  connectMs: number
  greetMs: number
  silenceMs: number
  wholeMs: number
}
export const usualLimits: TimeLimits = { connectMs: 20_000, greetMs: 20_000, silenceMs: 60_000, wholeMs: 180_000 }

export interface OutgoingMessage {
  messageId: string
  /** Where reports of failed delivery go. */
  returnPath: string
  /** Whom it is from, where that is not the sender of all mails. */
  from?: { name: string; address: string }
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  headers: Record<string, string>
  attachments?: readonly { name: string; type: string; content: Buffer; cid?: string }[]
}

async function transporterOf(server: MailServer, limits: TimeLimits): Promise<Transporter> {
  // whoever mails nothing need not hold it
  const { createTransport } = await import('nodemailer')
  return createTransport({
    host: server.host,
    port: server.port,
    secure: server.tls === 'implicit',
    requireTLS: server.tls === 'required',
    ignoreTLS: server.tls === 'never',
    ...(server.credentials === null ? {} : { auth: server.credentials }),
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.greetMs,
    socketTimeout: limits.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** Gives one message to the mail server, and answers once the server took it. */
export async function sendMessage(
  settings: MailSettings,
  message: OutgoingMessage,
  limits: TimeLimits = usualLimits,
): Promise<void> {
  const transporter = await transporterOf(settings.server, limits)
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(Object.assign(new Error('the attempt took too long'), { code: 'ETIMEDOUT' })),
    limits.wholeMs,
  )
  try {
    await Promise.race([
      late.promise,
      transporter.sendMail({
        messageId: message.messageId,
        envelope: { from: message.returnPath, to: [message.to.address] },
        from: message.from ?? settings.from,
        to: message.to,
        subject: message.subject,
        text: message.text,
        html: message.html,
        headers: message.headers,
        attachments: (message.attachments ?? []).map(({ name, type, content, cid }) => ({
          filename: name,
          contentType: type,
          content,
          ...(cid === undefined ? {} : { cid, contentDisposition: 'inline' as const }),
        })),
      }),
    ])
  } finally {
    clearTimeout(timer)
    transporter.close()
  }
}

/** Asks the mail server whether it would take mail: connection, encryption, credentials. */
export async function askMailServer(settings: MailSettings, limits: TimeLimits = usualLimits): Promise<void> {
  const transporter = await transporterOf(settings.server, limits)
  try {
    await transporter.verify()
  } finally {
    transporter.close()
  }
}

/** What the library threw, for the rule that judges it. */
export function failedAttempt(error: unknown): FailedAttempt {
  const given = (error ?? {}) as Partial<FailedAttempt> & { originalCode?: string }
  const { responseCode, response, command } = given
  return {
    // under ESOCKET the system says what happened
    code: given.code === 'ESOCKET' ? (given.originalCode ?? given.code) : given.code,
    responseCode,
    // one line without what a server may say of us at length
    response: response?.replace(/\s+/g, ' ').slice(0, 300),
    command,
  }
}
