import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { timeEntries } from '../../../contract/time-entries.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { disposition } from '../../platform/disposition.ts'
import { csvLine } from '../../platform/imports/csv-line.ts'
import { type Identify, parse, permitted } from '../../platform/mount.ts'
import { type Platform, runQuery } from '../../platform/platform.ts'
import { soughtOf } from './show-time.ts'
import { type StoredTime, type TimeAsked, timePage } from './time-store.ts'

const rowsAtOnce = 1000
const columns = ['day', 'person', 'ticket', 'title', 'task', 'queue', 'kind', 'hours', 'billable', 'billed-to', 'words']

const cells = (row: StoredTime): string[] => [
  row.day,
  row.person_name,
  row.inside ? row.reference : '',
  row.inside ? row.title : '',
  row.task_seen ? (row.task_title ?? '') : '',
  row.inside ? row.queue_name : '',
  sentence('time.kind', { kind: row.kind }),
  // hours to four digits: a third of a second
  String(Math.round((row.seconds / 3600) * 10_000) / 10_000),
  sentence('time.billable', { billable: String(row.billable) }),
  row.billed_to,
  row.words,
]

async function* lines(ctx: Ctx, asked: TimeAsked | null): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(columns.map((name) => sentence(`time.column.${name}`)))}`
  let after: string | undefined
  while (asked !== null) {
    const { rows, next } = await timePage(ctx.tx, ctx.actor, asked, rowsAtOnce, after)
    yield rows.map((row) => csvLine(cells(row))).join('')
    if (next === null) return
    after = next
  }
}

/** `GET /api/v1/time-entries.csv`: the entries of the list of the same name and inputs, as comma-separated values (RFC 4180), row after row as they are read. */
export const mountTimeExport =
  (platform: Platform) =>
  (app: FastifyInstance, identify: Identify): void => {
    app.get('/api/v1/time-entries.csv', async (request, reply) => {
      const actor = await permitted(request, identify, timeEntries.list.permission)
      const input = parse(timeEntries.list, request.query, request.params)
      return runQuery(
        platform,
        actor,
        async (ctx) => {
          const asked = soughtOf(ctx, input)
          return reply
            .header('content-type', 'text/csv; charset=utf-8')
            .header('content-disposition', disposition('attachment', `time-${input.from}-${input.to}.csv`))
            .header('cache-control', 'no-store')
            .send(Readable.from(lines(ctx, asked)))
        },
        request.id,
      )
    })
  }
