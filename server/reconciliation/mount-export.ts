import type { FastifyInstance } from 'fastify'
import { Readable } from 'node:stream'
import { differences } from '../../contract/reconciliation.ts'
import { sentence } from '../platform/catalogue.ts'
import { disposition } from '../platform/disposition.ts'
import { csvLine } from '../platform/imports/csv-line.ts'
import { type Identify, parse, permitted } from '../platform/mount.ts'
import { type Platform, runQuery } from '../platform/platform.ts'
import { differencePage } from './differences-list.ts'
import { shownDifference } from './shown-difference.ts'

const columns = [
  'kind',
  'severity',
  'asset',
  'name',
  'device',
  'category',
  'location',
  'register',
  'seen',
  'since',
  'left',
] as const

/** The list as a file, with the filters of the list and what its reader sees; page by page, so that any number of them fits. */
export const mountDifferencesExport =
  (platform: Platform) =>
  (app: FastifyInstance, identify: Identify): void => {
    app.get('/api/v1/differences/export.csv', async (request, reply) => {
      const actor = await permitted(request, identify, differences.list.permission)
      const filter = parse(differences.list, request.query, {})
      async function* lines(): AsyncGenerator<string> {
        yield csvLine(columns.map((name) => sentence(`reconciliation.column.${name}`, {})))
        let after: string | undefined
        do {
          const { items, next } = await runQuery(
            platform,
            actor,
            async (ctx) => {
              const { rows, next: more } = await differencePage(ctx.tx, actor, filter, 200, after)
              return { items: rows.map((f) => shownDifference(ctx, f)), next: more }
            },
            request.id,
          )
          for (const f of items)
            yield csvLine([
              sentence(`reconciliation.kind.${f.kind}`, {}),
              f.severity,
              f.asset?.tag ?? '',
              f.asset?.name ?? '',
              f.device?.name ?? '',
              f.category?.name ?? '',
              f.location?.name ?? '',
              f.register,
              f.seen,
              f.since,
              f.left?.reason ?? '',
            ])
          after = next ?? undefined
        } while (after !== undefined)
      }
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', disposition('attachment', 'differences.csv'))
        .header('cache-control', 'no-store')
        .send(Readable.from(lines()))
    })
  }
