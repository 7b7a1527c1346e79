import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importInto, sourceOf, writeTemporary } from '../../../../test/support/imports.ts'
import { startTestServer, type TestServer } from '../../../../test/support/server.ts'
import { sql } from '../../../platform/db.ts'

const file = resolve(
  import.meta.dirname,
  '../../../../../shared/data/tickets-text/automatic_ticket_assignment_input_data.csv.gz',
)
const isThere = existsSync(file)
if (!isThere) console.warn(`Tests with real tickets are skipped: there is no ${file}.`)

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

/** The file as it was published has no numbers: they are put before each record, whose line breaks stand inside of quotation marks. */
function numbered(text: string, most: number): string {
  let isInside = false
  let n = 0
  let lineMost = 0
  return text
    .replace(/^\ufeff/, '')
    .split(/(?<=\n)/)
    .map((line, index) => {
      const starts = !isInside
      if ((line.match(/"/g) ?? []).length % 2 === 1) isInside = !isInside
      if (starts && n <= most) lineMost = index
      return starts && line.trim() !== '' ? `${n++ === 0 ? 'Number' : n - 1},${line}` : line
    })
    .slice(0, lineMost)
    .join('')
}

test.skipIf(!isThere)(
  'tickets as people typed them come in whole, and a second time nothing changes',
  async () => {
    const path = await writeTemporary('real.csv', numbered(gunzipSync(readFileSync(file)).toString(), 1500))
    const source = sourceOf(server, 'tickets')
    const first = await importInto(server, path, {}, source)
    expect(first.status).toBe('done')
    expect(first.counts.created + first.counts.rejected).toBe(first.counts.rows)
    expect(first.counts.created).toBeGreaterThan(1450)
    const { rows } = await sql<{ markup: number; queues: number }>`
      select (select count(*)::int from tickets where description ~* '<(script|img|iframe)') as markup, (select count(distinct queue_id)::int from tickets) as queues`.execute(
      server.db,
    )
    expect(rows[0]!.markup).toBe(0)
    expect(rows[0]!.queues).toBeGreaterThan(20)
    expect((await importInto(server, path, {}, source)).counts).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: first.counts.created,
    })
  },
  300_000,
)
