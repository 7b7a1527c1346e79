import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FileContents } from '../files/public.ts'
import type { Actor } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import { hashOf } from '../platform/identifiers.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import type { Platform } from '../platform/platform.ts'
import { storable } from '../platform/rules/storable-text.ts'
import { mailboxOfAddress, mailboxOfKey, type StoredMailbox } from './mailboxes-store.ts'
import { envelopeRecipients } from './rules/envelope-recipients.ts'
import { storeRaw } from './store-raw.ts'

/** More than any mail server lets through; what a mailbox takes is less and is refused politely. */
const mostBytes = 64 * 1024 * 1024
export const keyMark = 'lpm_'

interface Known {
  byKey: StoredMailbox | null
  actor: Actor | null
}

/**
 * Where a mail server hands mail in, one message as it came (`message/rfc822`). With the key of a mailbox it goes to that mailbox and nowhere else;
 * with an API key of whoever keeps the mail its recipients choose the mailbox: `recipient` in the query, as often as there are some, else the
 * headers that keep the envelope. 2xx means that the message is committed; a repeat is stored once.
 */
export function mountMailGateway(platform: Platform, contents: FileContents, onStored: () => void) {
  const { db } = platform.database
  return (app: FastifyInstance, identify: Identify): void => {
    const known = new WeakMap<FastifyRequest, Known>()
    void app.register((scope, _options, done) => {
      // who may not hand anything in is refused by the head: nothing of the body is kept
      scope.addHook('onRequest', async (request) => {
        const byKey = await mailboxOfBearer(request)
        known.set(request, { byKey, actor: byKey === null ? await permitted(request, identify, 'mail.manage') : null })
      })
      scope.addContentTypeParser(
        'message/rfc822',
        { parseAs: 'buffer', bodyLimit: mostBytes },
        (_request, body, parsed) => parsed(null, body),
      )
      scope.post<{ Querystring: { recipient?: string | string[] } }>(
        '/api/v1/mail/gateway',
        { bodyLimit: mostBytes },
        async (request, reply) => {
          const { byKey, actor } = known.get(request)!
          const { body } = request
          if (!Buffer.isBuffer(body)) throw new Problem(415, 'mailboxes.media-type')
          if (body.length === 0) throw new Problem(400, 'mailboxes.empty-message')
          // a plus that was not encoded arrives as a space, which no address has
          const named = [request.query.recipient ?? []].flat().map((one) => one.trim().replaceAll(' ', '+'))
          const recipients = (named.length > 0 ? named.slice(0, 100) : envelopeRecipients(body)).map(storable)
          const mailbox = byKey ?? (await mailboxOfAddress(db, actor!.organisation, recipients))
          if (mailbox === undefined) throw new Problem(404, 'mailboxes.no-such-recipient')
          const { id, fresh } = await storeRaw(db, contents, {
            organisation: mailbox.organisation_id,
            mailbox: mailbox.id,
            raw: body,
            recipients,
          })
          if (fresh) onStored()
          return reply
            .header('cache-control', 'no-store')
            .status(fresh ? 201 : 200)
            .send({ id, mailbox: mailbox.id, repeated: !fresh })
        },
      )
      done()
    })
  }

  /** Null where the bearer is no key of a mailbox; 401 where it is one that is not in force. */
  async function mailboxOfBearer(request: FastifyRequest): Promise<StoredMailbox | null> {
    const key = /^Bearer\s+(\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
    if (key === undefined || !key.startsWith(keyMark)) return null
    const mailbox = await mailboxOfKey(db, hashOf(key))
    if (mailbox === undefined) throw new Problem(401, 'not-signed-in')
    return mailbox
  }
}
