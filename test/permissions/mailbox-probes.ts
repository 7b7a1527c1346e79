import { mailboxes } from '../../contract/mailboxes.ts'
import { incomingMails } from '../../contract/incoming-mails.ts'
import { ticketMail } from '../../contract/ticket-mail.ts'
import { newId } from '../../server/platform/identifiers.ts'
import type { Ground } from './ground.ts'
import type { Probe } from './probes.ts'

const fresh = (queue: string) => {
  const name = `Box ${newId()}`
  return { name, kind: 'gateway' as const, addresses: [`${newId()}@example.test`], queue }
}
/** A mailbox that hands mail into the queue of the readers' own team. */
export const mailboxOf = async (ground: Ground): Promise<string> =>
  (await ground.insider(mailboxes.create, fresh(ground.queue))).id

/** A message that was kept apart, or one in a ticket. */
export const incomingOf = async (ground: Ground, ticket: string | null): Promise<string> =>
  ground.incomingMail(await mailboxOf(ground), ticket)

/** One good request to each action about mailboxes and what came into them. */
export const mailboxProbes: Record<string, Probe> = {
  'mailboxes.list': ({ client }) => client(mailboxes.list, {}),
  'mailboxes.show': async ({ client, ground }) => client(mailboxes.show, { id: await mailboxOf(ground) }),
  'mailboxes.create': ({ client, ground }) => client(mailboxes.create, fresh(ground.queue)),
  'mailboxes.edit': async ({ client, ground }) =>
    client(mailboxes.edit, { id: await mailboxOf(ground), acknowledge: false }),
  'mailboxes.make-key': async ({ client, ground }) => client(mailboxes.makeKey, { id: await mailboxOf(ground) }),
  'mailboxes.try-connection': async ({ client, ground }) =>
    client(mailboxes.tryConnection, {
      id: await mailboxOf(ground),
      connection: { host: '127.0.0.1', port: 1, user: 'nobody' },
    }),
  'mailboxes.templates': ({ client }) => client(mailboxes.templates, {}),
  'mailboxes.preview': ({ client }) =>
    client(mailboxes.preview, { template: 'reply', subject: '{{reference}}', body: '{{text}}' }),
  'incoming-mails.list': ({ client }) => client(incomingMails.list, {}),
  'incoming-mails.counts': ({ client }) => client(incomingMails.counts, {}),
  'incoming-mails.show': async ({ client, ground, ticket }) =>
    client(incomingMails.show, { id: await incomingOf(ground, ticket.id) }),
  'incoming-mails.show#loose': async ({ client, ground }) =>
    client(incomingMails.show, { id: await incomingOf(ground, null) }),
  'incoming-mails.retry': async ({ client, ground }) =>
    client(incomingMails.retry, { id: await incomingOf(ground, null) }),
  'incoming-mails.retry-all': ({ client }) => client(incomingMails.retryAll, { state: 'parked' }),
  'incoming-mails.link': async ({ client, ground, reader }) => {
    const own = await ground.ticketFor('ownTeam', reader)
    return client(incomingMails.link, { id: await incomingOf(ground, null), ticket: own.id })
  },
  'incoming-mails.open': async ({ client, ground }) =>
    client(incomingMails.open, { id: await incomingOf(ground, null) }),
  'incoming-mails.refuse': async ({ client, ground }) =>
    client(incomingMails.refuse, { id: await incomingOf(ground, null) }),
  'incoming-mails.explain': ({ client }) =>
    client(incomingMails.explain, { raw: Buffer.from('From: a@b.example\r\n\r\nHello').toString('base64') }),
  'ticket-mail.show': ({ client, ticket }) => client(ticketMail.show, { id: ticket.id }),
  'ticket-mail.leave-out': ({ client, ticket }) =>
    client(ticketMail.leaveOut, { id: ticket.id, address: 'somebody@elsewhere.example' }),
}
