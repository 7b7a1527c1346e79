import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Db } from '../platform/db.ts'
import { disposition } from '../platform/disposition.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/identifiers.ts'
import { csvLine } from '../platform/imports/csv-line.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import type { Platform } from '../platform/platform.ts'
import { importOf, verdictsAfter } from './imports-list.ts'
import { said } from './shown-import.ts'

const rowsAtOnce = 2000

/** Every row's verdict as CSV, in order, in pieces. */
export async function* resultFile(db: Db, id: string, zone: string): AsyncGenerator<string> {
  yield csvLine(['row', 'key', 'verdict', 'messages'])
  let last = 0
  for (;;) {
    const rows = await verdictsAfter(db, id, last, rowsAtOnce)
    if (rows.length === 0) return
    yield rows
      .map((r) => csvLine([String(r.row), r.key, r.verdict, r.messages.map((m) => said(m, zone)).join(' ')]))
      .join('')
    last = rows.at(-1)!.row
  }
}

/** `GET /api/v1/imports/{id}/result.csv`: a file, hence no action. */
export const mountResultFile =
  (platform: Platform) =>
  (app: FastifyInstance, identify: Identify): void => {
    app.get<{ Params: { id: string } }>('/api/v1/imports/:id/result.csv', async (request, reply) => {
      const actor = await permitted(request, identify, 'imports.run')
      if (!isId(request.params.id)) throw notFound('import')
      const { db } = platform.database
      const run = await importOf(db, actor.organisation, request.params.id)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', disposition('attachment', `import-${run.id}.result.csv`))
        .header('cache-control', 'no-store')
        .send(Readable.from(resultFile(db, run.id, actor.zone)))
    })
  }
