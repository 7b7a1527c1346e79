import type { FastifyInstance } from 'fastify'
import { disposition } from '../platform/disposition.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/identifiers.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import type { Platform } from '../platform/platform.ts'
import { unpacked } from './protocol/packed.ts'
import { rawInventory } from './seen-store.ts'

/** A report as it was sent, inflated, for whoever looks into what an agent says. */
export const mountRawInventory =
  (platform: Platform) =>
  (app: FastifyInstance, identify: Identify): void => {
    app.get<{ Params: { id: string } }>('/api/v1/inventories/:id/raw', async (request, reply) => {
      const actor = await permitted(request, identify, 'discovery.manage')
      const { id } = request.params
      const body = isId(id) ? await rawInventory(platform.database.db, actor.organisation, id) : undefined
      if (body === undefined) throw notFound('report')
      const bytes = await unpacked(body, 'zlib')
      const kind = bytes[0] === 0x7b ? 'json' : 'xml'
      return reply
        .header('content-type', 'application/octet-stream')
        .header('content-disposition', disposition('attachment', `report-${id}.${kind}`))
        .header('cache-control', 'no-store')
        .send(bytes)
    })
  }
