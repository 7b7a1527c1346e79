import type { Ctx } from './ctx.ts'
import { sql } from './db.ts'
import { Problem } from './errors.ts'
import { canonical } from './events.ts'
import { hashOf } from './identifiers.ts'

/**
 * Runs a command once per (actor, key): a repeat gets the first answer, also when both arrive at the same moment (the
 * second waits for the first one's commit). The same key with another request is refused (`key-reused`). An answer that
 * holds a secret is not kept: its repeat is refused (`answered-once`).
 */
export async function once<T>(
  ctx: Ctx,
  key: string | undefined,
  request: unknown,
  isSecret: boolean,
  act: () => Promise<T>,
): Promise<T> {
  if (key === undefined) return act()
  if (key.length < 1 || key.length > 200) throw new Problem(400, 'idempotency-key-length')
  const hash = hashOf(canonical(request))
  const { rows } =
    await sql`insert into idempotency_keys (actor_id, key, request_hash) values (${ctx.actor.id}, ${key}, ${hash}) on conflict do nothing returning key`.execute(
      ctx.tx,
    )
  if (rows.length === 0) {
    const first = await sql<{
      request_hash: Buffer
      answer: T
    }>`select request_hash, answer from idempotency_keys where actor_id = ${ctx.actor.id} and key = ${key}`.execute(
      ctx.tx,
    )
    const row = first.rows[0]
    if (row === undefined || !row.request_hash.equals(hash)) throw new Problem(422, 'key-reused')
    if (isSecret) throw new Problem(409, 'answered-once')
    ctx.unchanged()
    return row.answer
  }
  const answer = await act()
  if (isSecret) return answer
  await sql`update idempotency_keys set answer = ${JSON.stringify(answer)}::jsonb, status = 200 where actor_id = ${ctx.actor.id} and key = ${key}`.execute(
    ctx.tx,
  )
  return answer
}
