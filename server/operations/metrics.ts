import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BlockList } from 'node:net'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { jobState } from '../../contract/operations.ts'
import { type Identify, permitted } from '../platform/mount.ts'
import type { Platform } from '../platform/platform.ts'
import { version } from '../platform/version.ts'
import { standing } from './backups-store.ts'
import { jobCounts } from './jobs-store.ts'
import { mailsWaiting, standingOfWork } from './running-store.ts'

const nearby = new BlockList()
nearby.addSubnet('127.0.0.0', 8)
nearby.addAddress('::1', 'ipv6')

/** An address of this machine may ask without a key; through a proxy the visitor's address counts. */
const isNearby = (request: FastifyRequest): boolean => {
  const address = request.ip.replace(/^::ffff:/, '')
  return (
    nearby.check(address, address.includes(':') ? 'ipv6' : 'ipv4') && request.headers['x-forwarded-for'] === undefined
  )
}

/**
 * `/metrics` in Prometheus' text format: for this machine, and for keys and people who may read the state of the system. Figures of the
 * database are asked for when they are fetched, and are the same on every node.
 */
export function mountMetrics(platform: Platform) {
  return (app: FastifyInstance, identify: Identify): void => {
    const registry = new Registry()
    const registers = [registry]
    collectDefaultMetrics({ register: registry, prefix: 'linchpin_' })
    new Gauge({ name: 'linchpin_info', help: 'Version', labelNames: ['version'], registers }).set({ version }, 1)
    const seconds = new Histogram({
      name: 'linchpin_http_request_seconds',
      help: 'Requests by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    })
    const refused = new Counter({
      name: 'linchpin_http_limited_total',
      help: 'Requests refused for their number',
      registers,
    })
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none'
      if (reply.statusCode === 429) refused.inc()
      seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    })
    const gauge = (name: string, help: string, labelNames: string[] = []) =>
      new Gauge({ name: `linchpin_${name}`, help, labelNames, registers })
    const pool = gauge('database_connections', 'Connections of this node', ['state'])
    const outbox = gauge('outbox_events', 'Events not yet handed on')
    const outboxAge = gauge('outbox_oldest_seconds', 'Age of the oldest of them')
    const jobs = gauge('jobs', 'Jobs by state', ['state'])
    const late = gauge('due_lag_seconds', 'How long the earliest due moment has waited to be recorded')
    const mails = gauge('mails_waiting', 'Mails in the queue')
    const backupAge = gauge('backup_age_seconds', 'Time since the newest backup')
    const up = gauge('database_up', 'Whether the database answers')

    const gather = async () => {
      const { totalCount, idleCount, waitingCount } = platform.database.pool
      pool.set({ state: 'open' }, totalCount)
      pool.set({ state: 'idle' }, idleCount)
      pool.set({ state: 'wanted' }, waitingCount)
      const { db } = platform.database
      try {
        const work = await standingOfWork(db)
        outbox.set(work.outbox)
        outboxAge.set(work.outboxSeconds ?? 0)
        late.set(work.dueSeconds ?? 0)
        for (const state of jobState.options) jobs.set({ state }, 0)
        for (const { state, n } of await jobCounts(db)) jobs.set({ state }, n)
        const waiting = await mailsWaiting(db)
        if (waiting !== null) mails.set(waiting)
        const { takenAt } = await standing(db)
        backupAge.set(takenAt === null ? Number.NaN : (Date.now() - Date.parse(takenAt)) / 1000)
        up.set(1)
      } catch {
        // what is known without the database is told all the same
        up.set(0)
      }
    }
    app.get('/metrics', async (request, reply) => {
      if (!isNearby(request)) await permitted(request, identify, 'system.read')
      await gather()
      return reply
        .header('cache-control', 'no-store')
        .type(registry.contentType)
        .send(await registry.metrics())
    })
  }
}
