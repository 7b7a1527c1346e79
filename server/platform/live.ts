import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from './db.ts'
import { Problem } from './errors.ts'
import type { Listener } from './listener.ts'
import { type Identify, permitted } from './mount.ts'
import type { Subjects } from './subjects.ts'

interface Connection {
  request: FastifyRequest
  reply: FastifyReply
}

const gatherMs = 150
const mostPerActor = 20

/**
 * Live updates to browsers (server-sent events, HTML Living Standard 9.2): `change` names the records that changed and
 * that this reader sees; the browser asks for them again. Nothing of a record travels here. Works across nodes through NOTIFY.
 */
export function mountLive(
  app: FastifyInstance,
  db: Db,
  subjects: Subjects,
  identify: Identify,
  listener: Listener,
): { close(): void } {
  const open = new Set<Connection>()
  let pending = new Map<string, Set<string>>()
  let timer: NodeJS.Timeout | null = null

  const write = (connection: Connection, text: string) => {
    if (!connection.reply.raw.writableEnded) connection.reply.raw.write(text)
  }
  const flush = async () => {
    timer = null
    const changed = pending
    pending = new Map()
    const byActor = new Map<string, { seen: { kind: string; id: string }[] }>()
    for (const connection of open) {
      const actor = await identify(connection.request).catch(() => null)
      if (actor === null) {
        connection.reply.raw.end()
        continue
      }
      let known = byActor.get(actor.id)
      if (known === undefined) {
        const seen: { kind: string; id: string }[] = []
        for (const [kind, ids] of changed) {
          const visible = await subjects.visibleIds(db, actor, kind, [...ids])
          for (const id of visible) seen.push({ kind, id })
        }
        known = { seen }
        byActor.set(actor.id, known)
      }
      if (known.seen.length > 0)
        write(connection, `event: change\ndata: ${JSON.stringify({ subjects: known.seen })}\n\n`)
    }
  }
  listener.on('linchpin_live', (payload) => {
    if (open.size === 0) return
    for (const entry of (JSON.parse(payload) as string).split(' ')) {
      const at = entry.indexOf(':')
      const kind = entry.slice(0, at)
      const ids = pending.get(kind) ?? new Set()
      pending.set(kind, ids.add(entry.slice(at + 1)))
    }
    timer ??= setTimeout(
      () =>
        void flush().catch((error: Error) => app.log.warn({ error: error.message }, 'live updates could not be sent')),
      gatherMs,
    )
  })
  // after a break of the listening connection anything may have changed
  listener.onReconnect = () => open.forEach((connection) => write(connection, 'event: resync\ndata: {}\n\n'))
  const heartbeat = setInterval(() => open.forEach((connection) => write(connection, ': still here\n\n')), 20_000)
  heartbeat.unref()

  // a HEAD would be kept open without anything to send
  app.get('/api/v1/live', { exposeHeadRoute: false }, async (request, reply) => {
    await permitted(request, identify, 'signed-in')
    const mine = [...open].filter(
      (c) =>
        c.request.headers.cookie === request.headers.cookie &&
        c.request.headers.authorization === request.headers.authorization,
    )
    if (mine.length >= mostPerActor) throw new Problem(429, 'too-many-requests', { retrySeconds: 60 })
    reply.hijack()
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    reply.raw.write('retry: 2000\nevent: hello\ndata: {}\n\n')
    const connection = { request, reply }
    open.add(connection)
    reply.raw.on('close', () => open.delete(connection))
  })
  return {
    close() {
      clearInterval(heartbeat)
      if (timer !== null) clearTimeout(timer)
      open.forEach((connection) => connection.reply.raw.end())
    },
  }
}
