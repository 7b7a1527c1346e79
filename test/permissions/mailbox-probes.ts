import { mailboxes } from '../../contract/mailboxes.ts'
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

/** One good request to each action about mailboxes and what came into them. */
export const mailboxProbes: Record<string, Probe> = {
  'mailboxes.list': ({ client }) => client(mailboxes.list, {}),
  'mailboxes.show': async ({ client, ground }) => client(mailboxes.show, { id: await mailboxOf(ground) }),
  'mailboxes.create': ({ client, ground }) => client(mailboxes.create, fresh(ground.queue)),
  'mailboxes.edit': async ({ client, ground }) =>
    client(mailboxes.edit, { id: await mailboxOf(ground), acknowledge: false }),
  'mailboxes.make-key': async ({ client, ground }) => client(mailboxes.makeKey, { id: await mailboxOf(ground) }),
  'mailboxes.preview': ({ client }) =>
    client(mailboxes.preview, { template: 'reply', subject: '{{reference}}', body: '{{text}}' }),
}
