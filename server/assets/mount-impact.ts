import type { FastifyInstance } from 'fastify'
import { relations } from '../../contract/relations.ts'
import { disposition } from '../platform/disposition.ts'
import { type Identify, parse, permitted } from '../platform/mount.ts'
import { type Platform, runQuery } from '../platform/platform.ts'
import { showImpact } from './actions/relate.ts'
import { impactPicture } from './rules/impact.ts'

/** The impact of an outage as a picture (SVG), under the permission of the list. */
export const mountImpact =
  (platform: Platform) =>
  (app: FastifyInstance, identify: Identify): void => {
    app.get<{ Params: { id: string } }>('/api/v1/assets/:id/impact.svg', async (request, reply) => {
      const actor = await permitted(request, identify, relations.impact.permission)
      const input = parse(relations.impact, {}, request.params)
      const found = await runQuery(platform, actor, (ctx) => showImpact(ctx, input), request.id)
      return reply
        .header('content-type', 'image/svg+xml; charset=utf-8')
        .header('content-disposition', disposition('attachment', `impact-${found.nodes[0]?.reference ?? 'asset'}.svg`))
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .send(impactPicture(found.nodes, found.edges))
    })
  }
