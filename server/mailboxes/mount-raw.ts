import type { FastifyInstance } from 'fastify'
import type { FileContents } from '../files/public.ts'
import { disposition } from '../platform/disposition.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/identifiers.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import type { Platform } from '../platform/platform.ts'
import { incomingById } from './incoming-page-store.ts'
import { rawOf } from './raw-of.ts'

/** A message as it came, byte for byte, for whoever sees it; never shown in the page. */
export const mountRawMail =
  (platform: Platform, contents: FileContents) =>
  (app: FastifyInstance, identify: Identify): void => {
    app.get<{ Params: { id: string } }>('/api/v1/incoming-mails/:id/raw', async (request, reply) => {
      const actor = await permitted(request, identify, 'tickets.work')
      const { id } = request.params
      const mail = isId(id) ? await incomingById(platform.database.db, actor, id) : undefined
      const raw = mail === undefined ? null : await rawOf(contents, mail)
      if (raw === null) throw notFound('message')
      return reply
        .header('content-type', 'application/octet-stream')
        .header('content-disposition', disposition('attachment', `message-${id}.eml`))
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'no-store')
        .send(raw)
    })
  }
