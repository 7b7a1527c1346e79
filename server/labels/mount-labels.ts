import type { FastifyInstance } from 'fastify'
import { labelsWanted } from '../../contract/labels.ts'
import { assetByKey } from '../assets/public.ts'
import { sentence } from '../platform/catalogue.ts'
import { disposition } from '../platform/disposition.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import { type Platform, runQuery } from '../platform/platform.ts'
import { drawLabels, type Label } from './draw-labels.ts'

/** Sheets of labels of assets the reader sees, in the order in which they are asked for. 404 where one is not seen. */
export const mountLabels =
  (platform: Platform) =>
  (app: FastifyInstance, identify: Identify): void => {
    app.get('/api/v1/labels.pdf', async (request, reply) => {
      const actor = await permitted(request, identify, 'assets.read')
      const parsed = labelsWanted.safeParse(request.query)
      if (!parsed.success) {
        const fields = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
        throw new Problem(
          400,
          'invalid',
          { fields: fields.map((f) => `${f.path}: ${f.message}`).join('; ') },
          { fields },
        )
      }
      const { sheet, skip, assets } = parsed.data
      const labels = await runQuery(
        platform,
        actor,
        async (ctx) => {
          const found: Label[] = []
          for (const key of assets) {
            const a = await assetByKey(ctx.tx, ctx.actor, key)
            if (a === undefined) throw notFound('asset')
            found.push({
              tag: a.tag,
              address: `${platform.config.publicUrl}/assets/${encodeURIComponent(a.tag)}`,
              lines: [
                [a.manufacturer_name, a.model_name ?? a.category_name].filter(Boolean).join(' '),
                a.serial === null ? '' : sentence('labels.serial', { serial: a.serial }),
                a.name,
              ].filter((line) => line !== ''),
            })
          }
          return found
        },
        request.id,
      )
      return reply
        .header('content-type', 'application/pdf')
        .header('content-disposition', disposition('inline', `labels-${sheet}.pdf`))
        .header('cache-control', 'no-store')
        .send(await drawLabels(labels, { sheet, skip, title: sentence('labels.title', { sheet }) }))
    })
  }
