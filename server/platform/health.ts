import type { FastifyInstance } from 'fastify'
import { type Db, sql } from './db.ts'

/** `/healthz`: the process answers. `/readyz`: the database answers too, so this node may be given requests. */
export function mountHealth(app: FastifyInstance, db: Db, isStopping: () => boolean): void {
  app.get('/healthz', (_request, reply) => reply.send({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const ready =
      !isStopping() &&
      (await sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ))
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ok' : isStopping() ? 'stopping' : 'no database' })
  })
}
