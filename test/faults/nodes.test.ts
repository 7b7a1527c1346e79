import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '../../contract/client.ts'
import { mine } from '../../contract/mine.ts'
import { tickets } from '../../contract/tickets.ts'
import { type Database, openPool } from '../../server/platform/db.ts'
import { nginxBefore, type Nginx } from '../support/nginx.ts'
import { freePort } from '../support/free-port.ts'
import { postgresServer, type PostgresServer } from '../support/postgres-server.ts'
import { App } from './app.ts'
import { expectKept, prepareLoad, type Prepared, write } from './load.ts'

/**
 * Two nodes over one PostgreSQL behind a real nginx. One of them, chosen at random, is killed (-9) again and again while people write,
 * steps fall due, files come in and a browser listens. Whatever was acknowledged is there, everything due happens once, and the
 * listener hears of changes throughout.
 */
const long = process.env['LINCHPIN_LONG'] === '1'
const kills = long ? 50 : 3
const ticketsPerSecond = 8

let server: PostgresServer | null
let nginx: Nginx | null = null
let folder: string
let nodes: App[] = []
let database: Database
let prepared: Prepared

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linchpin-nodes-'))
  server = await postgresServer()
  if (server === null) return
  const url = await server.database('nodes')
  const ports = [await freePort(), await freePort()]
  nodes = ports.map(
    (port, n) =>
      new App(join(folder, `node${n}`), port, {
        DATABASE_URL: url,
        LINCHPIN_SECRET: 'a secret of the tests, long enough to be one',
        LINCHPIN_FILES: join(folder, 'shared'),
        LINCHPIN_RATE_LIMIT: '0',
      }),
  )
  // both at once: one of them migrates, the other waits
  await Promise.all(nodes.map((node) => node.start()))
  nginx = await nginxBefore(ports)
  database = openPool({ connectionString: url }, 2)
  if (nginx !== null) prepared = await prepareLoad(database.db, nginx.base)
}, 120_000)

afterAll(async () => {
  await database?.close()
  await nginx?.stop()
  for (const node of nodes) await node.stop()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const output = () => nodes.map((node) => node.output.slice(-3000)).join('\n')

/** What a browser does: listens, and comes again when the connection breaks. */
function listener(base: string, key: string) {
  const heard = new Set<string>()
  let connections = 0
  const ended = new AbortController()
  const listen = async () => {
    while (!ended.signal.aborted) {
      try {
        const answer = await fetch(`${base}/api/v1/live`, {
          headers: { authorization: `Bearer ${key}` },
          signal: ended.signal,
        })
        if (answer.ok) connections++
        let text = ''
        for await (const chunk of answer.body!) {
          text += Buffer.from(chunk).toString()
          for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
            const data = /^event: change\ndata: (.*)$/m.exec(text.slice(0, end))?.[1]
            if (data !== undefined)
              for (const { id } of (JSON.parse(data) as { subjects: { id: string }[] }).subjects) heard.add(id)
            text = text.slice(end + 2)
          }
        }
      } catch {
        // as the browser: again after a moment
      }
      await pause(200)
    }
  }
  const running = listen()
  return {
    heard,
    connections: () => connections,
    async stop() {
      ended.abort()
      await running
    },
  }
}

async function upload(base: string, key: string, text: string): Promise<string | null> {
  const form = new FormData()
  form.set('file', new File([text], 'note.txt', { type: 'text/plain' }))
  const answer = await fetch(`${base}/api/v1/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: form,
  }).catch(() => null)
  if (answer === null || !answer.ok) return null
  return ((await answer.json()) as { id: string }).id
}

describe('two nodes behind nginx', () => {
  it(
    `one killed at random ${kills} times: nothing acknowledged is lost, everything due happens once`,
    async (context) => {
      if (server === null || nginx === null) return context.skip('needs PostgreSQL 15 and nginx')
      const { base } = nginx
      const acknowledged = write(prepared, ticketsPerSecond)
      const live = listener(base, prepared.key)
      const files = new Map<string, string>()
      let uploading = true
      const uploads = (async () => {
        for (let n = 0; uploading; n++) {
          const id = await upload(base, prepared.key, `file ${n}`)
          if (id !== null) files.set(id, `file ${n}`)
          await pause(300)
        }
      })()
      for (let n = 0; n < kills; n++) {
        await pause(1500 + Math.random() * 2000)
        const victim = nodes[Math.floor(Math.random() * nodes.length)]!
        await victim.kill()
        // for a moment one node serves alone
        await pause(500 + Math.random() * 1000)
        await victim.start()
      }
      await pause(4_000)
      uploading = false
      await uploads
      await acknowledged.stop()
      const last = await prepared.client(tickets.open, { title: 'The last one', queue: 'Faults' })
      for (let tries = 0; tries < 50 && !live.heard.has(last.id); tries++) await pause(100)
      expect(live.heard.has(last.id)).toBe(true)
      await live.stop()
      const { steps } = await expectKept(database.db, prepared, acknowledged, output)
      expect(files.size).toBeGreaterThan(kills)
      for (const [id, text] of files)
        for (const node of nodes) {
          const got = await fetch(`${node.base}/api/v1/files/${id}`, {
            headers: { authorization: `Bearer ${prepared.key}` },
          })
          expect(await got.text()).toBe(text)
        }
      // with one node at a time gone, hardly any write may have failed
      const written =
        acknowledged.tickets.size + [...acknowledged.tickets.values()].reduce((n, t) => n + t.notes.length, 0)
      process.stdout.write(
        `nodes killed ${kills}, tickets ${acknowledged.tickets.size}, writes ${written}, refused ${acknowledged.refused}, files ${files.size}, steps ${steps}, live connections ${live.connections()}\n`,
      )
      expect(acknowledged.refused).toBeLessThan(written / 4)
    },
    60 * 60_000,
  )

  it('the database restarts: a clear 503 meanwhile, and everything goes on by itself', async (context) => {
    if (server === null || nginx === null) return context.skip('needs PostgreSQL 15 and nginx')
    const { base } = nginx
    const acknowledged = write(prepared, ticketsPerSecond)
    const answers = new Map<string, number>()
    let asking = true
    const asks = (async () => {
      while (asking) {
        const answer = await fetch(`${base}/api/v1/tickets`, {
          headers: { authorization: `Bearer ${prepared.key}` },
        }).catch(() => null)
        const code =
          answer === null
            ? 'nothing'
            : answer.ok
              ? 'ok'
              : `${answer.status} ${((await answer.json().catch(() => ({}))) as { error?: { code: string } }).error?.code ?? 'no words'}`
        answers.set(code, (answers.get(code) ?? 0) + 1)
        await pause(20)
      }
    })()
    await pause(1500)
    await server.restart()
    await pause(1500)
    await server.restart()
    await pause(5_000)
    asking = false
    await asks
    await acknowledged.stop()
    expect([...answers.keys()].filter((code) => code !== 'ok' && code !== '503 database-unavailable')).toEqual([])
    expect(answers.get('ok')).toBeGreaterThan(10)
    await expectKept(database.db, prepared, acknowledged, output)
    const fresh = createClient({ base, key: prepared.key })
    expect((await fresh(mine.show, {})).permissions.length).toBeGreaterThan(0)
  }, 120_000)
})
