import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { disposition } from '../../platform/disposition.ts'
import { notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/identifiers.ts'
import { csvLine } from '../../platform/imports/csv-line.ts'
import { type Identify, permitted } from '../../platform/mount.ts'
import type { Platform } from '../../platform/platform.ts'
import { bulkById, bulkRows } from './bulk-store.ts'
import { whyOf } from './bulk-acts.ts'

const rowsAtOnce = 2000

async function* report(db: Db, actor: Actor, id: string): AsyncGenerator<string> {
  yield csvLine(['position', 'ticket', 'title', 'verdict', 'why'])
  let beyond = 0
  for (;;) {
    const rows = await bulkRows(db, actor, id, { verdict: undefined, beyond, most: rowsAtOnce })
    if (rows.length === 0) return
    yield rows
      .map((row) =>
        csvLine([
          String(row.position),
          row.reference ?? '',
          row.title ?? '',
          row.verdict ?? 'waiting',
          whyOf(row, actor.zone) ?? '',
        ]),
      )
      .join('')
    beyond = rows.at(-1)!.position
  }
}

/** `GET /api/v1/ticket-bulk-edits/{id}/report.csv`: a file, hence no action. */
export const mountBulkReport =
  (platform: Platform) =>
  (app: FastifyInstance, identify: Identify): void => {
    app.get<{ Params: { id: string } }>('/api/v1/ticket-bulk-edits/:id/report.csv', async (request, reply) => {
      const actor = await permitted(request, identify, 'tickets.work')
      const { db } = platform.database
      const { id } = request.params
      if (!isId(id) || (await bulkById(db, actor.person, id)) === undefined) throw notFound('bulk edit')
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', disposition('attachment', `bulk-edit-${id}.csv`))
        .header('cache-control', 'no-store')
        .send(Readable.from(report(db, actor, id)))
    })
  }
