import type { Client } from '../../contract/client.ts'
import { incomingMails } from '../../contract/incoming-mails.ts'
import { mailboxes } from '../../contract/mailboxes.ts'
import { queues } from '../../contract/queues.ts'
import type { TestServer } from '../support/server.ts'

/** A mailbox, and a message that waits in its quarantine. */
export interface Mailed {
  mailbox: string
  incomingMail: string
}

export async function furnishMail(server: TestServer, client: Client): Promise<Mailed> {
  const { items } = await client(queues.list, {})
  const { id } = await client(mailboxes.create, {
    name: 'IT desk',
    kind: 'gateway',
    addresses: ['desk@brightwater.example'],
    queue: items[0]!.id,
    unknownSenders: 'quarantine',
  })
  const { key } = await client(mailboxes.makeKey, { id })
  const raw =
    'From: Somebody New <somebody@elsewhere.example>\r\nTo: desk@brightwater.example\r\nSubject: A question\r\nMessage-ID: <1@elsewhere.example>\r\n\r\nWhere do I find the printer on the second floor?\r\n'
  await fetch(`${server.base}/api/v1/mail/gateway`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'message/rfc822' },
    body: raw,
  })
  for (let i = 0; i < 100; i++) {
    const found = (await client(incomingMails.list, { state: 'quarantined' })).items[0]
    if (found !== undefined) return { mailbox: id, incomingMail: found.id }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the message did not come into quarantine')
}
