import type { ConnectionOptions } from 'node:tls'
import { ImapFlow, type ImapFlowOptions } from 'imapflow'
import type { MailboxConnection } from '../../../contract/mailboxes.ts'

export type ImapSignIn = { pass: string } | { accessToken: string }

/** A client of a mailbox as it is set up, not yet connected. `limits`: how long it may take (milliseconds) and how much it may say (bytes). */
export function imapClient(
  connection: MailboxConnection,
  auth: ImapSignIn,
  limits: Pick<
    ImapFlowOptions,
    'connectionTimeout' | 'greetingTimeout' | 'socketTimeout' | 'maxLiteralSize' | 'maxLineLength' | 'maxResponseSize'
  >,
  tls: Pick<ConnectionOptions, 'checkServerIdentity'> = {},
): ImapFlow {
  const client = new ImapFlow({
    host: connection.host,
    port: connection.port,
    secure: connection.encryption === 'implicit',
    doSTARTTLS: connection.encryption === 'starttls',
    tls: { rejectUnauthorized: connection.checkCertificate, ...tls },
    auth: { user: connection.user, ...auth },
    clientInfo: { name: 'Linchpin' },
    logger: false,
    disableAutoIdle: true,
    ...limits,
  })
  // an error after connect() is told by `close`, too; without a listener it would end the process
  client.on('error', () => undefined)
  return client
}
