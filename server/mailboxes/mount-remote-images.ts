import type { FastifyInstance } from 'fastify'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { isId } from '../platform/identifiers.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import { OutgoingFailure } from '../platform/outgoing.ts'
import type { Platform } from '../platform/platform.ts'
import { countExactly } from '../platform/rate-limits.ts'
import { Turns } from '../platform/turns.ts'
import { insideTicket, visibleTicket } from '../tickets/public.ts'
import { imageKind, remoteImages } from './rules/remote-images.ts'

const mostBytes = 5 * 1024 * 1024
const timeoutMs = 10_000
/** So many within a minute for each person: more than a mail with many images has. */
export const perMinute = 120
/** So many at once for each person, and for all on a node: each is held in memory until it has gone out. */
export const mostEach = 3
const mostAll = 12

/** The stored text of a note, or of the description of a ticket, with what is folded of it; undefined where the reader does not see it. */
async function textOf(db: Db, actor: Actor, of: string): Promise<string | undefined> {
  const { rows } = await sql<{ text: string }>`
    select concat(n.body, n.folded) as text from notes n join tickets t on t.id = n.subject_id
      where n.id = ${of} and ${visibleTicket(actor)} and (n.public or ${insideTicket(actor)})
    union all
    select concat(t.description, o.folded) from tickets t left join ticket_origins o on o.ticket_id = t.id
      where t.id = ${of} and ${visibleTicket(actor)}`.execute(db)
  return rows[0]?.text
}

/**
 * Fetches an image elsewhere that a mail names, because its reader asked for it. The server asks, so that the sender learns that somebody looked, and neither who
 * nor from where; it fetches nothing that does not stand so in a text the reader sees, and nothing from private networks that are not allowed. A few at a time, so
 * that neither a mail full of images nor a slow reader fills the memory; 429 for who asks for too many.
 */
export const mountRemoteImages =
  ({ database: { db }, outgoing }: Pick<Platform, 'database' | 'outgoing'>) =>
  (app: FastifyInstance, identify: Identify): void => {
    const turns = new Turns({ all: mostAll, each: mostEach, waiting: perMinute })
    app.get<{ Params: { of: string }; Querystring: { address?: unknown } }>(
      '/api/v1/remote-images/:of',
      async (request, reply) => {
        const actor = await permitted(request, identify, 'tickets.read')
        const { address } = request.query
        const text = isId(request.params.of) ? await textOf(db, actor, request.params.of) : undefined
        if (text === undefined || typeof address !== 'string' || !remoteImages(text).has(address))
          throw notFound('image')
        const wait = await countExactly(db, `remote-images ${actor.id}`, perMinute)
        if (wait !== null) throw new Problem(429, 'too-many-requests', { retrySeconds: wait })
        const giveBack = await turns.take(actor.id)
        if (giveBack === null) throw new Problem(429, 'too-many-requests', { retrySeconds: timeoutMs / 1000 })
        // the turn lasts until the image has come and gone out, also where its reader leaves before
        const over = () => (reply.raw.closed ? giveBack() : void reply.raw.once('close', giveBack))
        // closed while it stood in line: nobody waits for the image any more
        if (reply.raw.closed) {
          over()
          return reply.hijack()
        }
        const answer = await outgoing
          .send(address, {
            method: 'GET',
            mostBytes,
            timeoutMs,
            headers: { accept: 'image/png, image/jpeg, image/gif, image/webp' },
          })
          .catch((error: unknown) => {
            if (error instanceof OutgoingFailure) throw new Problem(502, error.refusal.code, error.refusal.params ?? {})
            throw error
          })
          .finally(over)
        const kind = answer.status === 200 && !answer.cut ? imageKind(answer.content) : null
        if (kind === null) throw new Problem(502, 'mailboxes.no-image')
        return reply
          .header('content-type', kind)
          .header('content-security-policy', "default-src 'none'; sandbox")
          .header('cache-control', 'private, max-age=3600')
          .send(answer.content)
      },
    )
  }
