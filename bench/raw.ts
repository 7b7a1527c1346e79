import { readFileSync } from 'node:fs'
import pg from 'pg'
import { summary } from './load.ts'

/**
 * The raw limit: the statements the app sends for one page, with the same parameters, prepared, on as many
 * connections, from a process that does nothing else. Input: connection, statements, clients and seconds as JSON, or `@` and a file with it.
 */
interface Job {
  connection: pg.PoolConfig
  statements: { text: string; values: unknown[] }[]
  clients: number
  seconds: number
}

const { connection, statements, clients, seconds } = JSON.parse(
  process.argv[2]!.startsWith('@') ? readFileSync(process.argv[2]!.slice(1), 'utf8') : process.argv[2]!,
) as Job
const times: number[] = []
let rows = 0
let bytes = 0
const connected = await Promise.all(
  Array.from({ length: clients }, async () => {
    const client = new pg.Client({
      ...(connection as pg.ClientConfig),
      options: '-c TimeZone=UTC -c plan_cache_mode=force_generic_plan',
    })
    await client.connect()
    return client
  }),
)
const one = async (client: pg.Client) => {
  const start = performance.now()
  for (const [i, { text, values }] of statements.entries()) {
    const answer = await client.query({ name: `s${i}`, text, values })
    rows = answer.rows.length
    bytes = JSON.stringify(answer.rows).length
  }
  times.push(performance.now() - start)
}
for (const client of connected) for (let i = 0; i < 8; i++) await one(client)
times.length = 0
const begun = performance.now()
const until = begun + seconds * 1000
await Promise.all(
  connected.map(async (client) => {
    while (performance.now() < until) await one(client)
  }),
)
const elapsed = (performance.now() - begun) / 1000
process.stdout.write(JSON.stringify({ ...summary(times), perSecond: times.length / elapsed, rows, bytes }))
for (const client of connected) await client.end()
