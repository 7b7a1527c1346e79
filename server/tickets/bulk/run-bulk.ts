import type { BulkChange } from '../../../contract/ticket-bulk-edits.ts'
import { actorOfPerson } from '../../people/public.ts'
import type { Actor, Ctx } from '../../platform/ctx.ts'
import { type Db, sql } from '../../platform/db.ts'
import type { Job } from '../../platform/jobs.ts'
import { tellNodes } from '../../platform/outbox.ts'
import { type Platform, runCommand } from '../../platform/platform.ts'
import { addNote } from '../actions/add-note.ts'
import { editTicket } from '../actions/edit-ticket.ts'
import { assignTicket, changeState, closeTicket, resolveTicket } from '../actions/move-ticket.ts'
import { heldTickets } from '../tickets-list.ts'
import { asked, bulkTask } from './bulk-acts.ts'
import { bulkById, type BulkRowToDo, endBulk, nextBulk, rowsToDo, type Settled, settleRows } from './bulk-store.ts'

/** Tickets of one transaction: few, so that nobody waits long for one of them. */
const atOnce = 10
/** After so long the work steps back behind whatever else waits. */
const sliceMs = 1_000

/**
 * Works the bulk edits of a person off, oldest first, a slice at a time. What is done with some tickets, what became of them and how far the
 * edit is commit in one transaction: it may be killed at any moment and goes on behind the last ticket that is settled.
 */
export const bulkEditJob = (platform: Platform): Job => ({
  task: bulkTask,
  async run({ person }, signal) {
    const { db } = platform.database
    const until = Date.now() + sliceMs
    for (;;) {
      const next = await nextBulk(db, person as string)
      if (next === undefined) return
      if (signal.aborted || Date.now() > until) return goOnLater(db, person as string)
      await portion(platform, person as string, next.id)
    }
  },
})

/** Behind the reactions to what it did: those come first (a lower number). */
const goOnLater = async (db: Db, person: string): Promise<void> => {
  await sql`select graphile_worker.add_job(${bulkTask}, payload := ${JSON.stringify({ person })}::json, queue_name := ${`bulk:${person}`},
    max_attempts := 25, job_key := ${`bulk:${person}`}, priority := 10)`.execute(db)
}

async function portion(platform: Platform, person: string, id: string): Promise<void> {
  const { db } = platform.database
  const actor = await actorOfPerson(db, person)
  if (actor === null) {
    await endBulk(db, id, 'failed', new Date().toISOString(), 'bulk.left-the-house')
    return
  }
  try {
    await settle(platform, actor, id, atOnce)
  } catch (error) {
    platform.log.warn({ err: error, bulk: id }, 'tickets of a bulk edit are tried one by one')
    await settle(platform, actor, id, 1).catch(async (alone: unknown) => {
      platform.log.error({ err: alone, bulk: id }, 'a ticket of a bulk edit fails')
      await passOver(platform, actor, id)
    })
  }
}

/** Whoever asked acts, with the rights they have now. Held: the edit, so that nobody else works on it, then its tickets. */
const settle = (platform: Platform, actor: Actor, id: string, most: number): Promise<void> =>
  runCommand(
    platform,
    actor,
    async (ctx) => {
      ctx.unchanged()
      const edit = await bulkById(ctx.tx, actor.person, id, true)
      if (edit === undefined || (edit.status !== 'waiting' && edit.status !== 'running')) return
      const rows = await rowsToDo(ctx.tx, edit, most)
      const held = await heldTickets(
        ctx.tx,
        actor,
        edit.filter === null ? null : asked(edit.filter),
        ctx.now,
        rows.map((row) => row.ticket_id),
      )
      const settled: Settled[] = []
      for (const row of rows) settled.push(await one(ctx, edit.change, edit.cause, row, held.get(row.ticket_id)))
      if (settled.length > 0) await settleRows(ctx.tx, edit, settled, ctx.now)
      if (rows.length < most || rows.at(-1)?.position === edit.total) await end(ctx, id)
      await tellNodes(ctx.tx, [{ kind: 'ticket-bulk-edit', id }])
    },
    { name: 'a portion of a bulk edit' },
  )

async function end(ctx: Ctx, id: string): Promise<void> {
  await endBulk(ctx.tx, id, 'done', ctx.now)
  const edit = (await bulkById(ctx.tx, ctx.actor.person, id))!
  ctx.record({
    type: 'ticket-bulk-edit.done',
    subject: { kind: 'ticket-bulk-edit', id },
    cause: edit.cause,
    after: { tickets: edit.total, ...edit.counts },
  })
}

/** A ticket that no act gets through with is left alone, so that it does not hold up those behind it. */
const passOver = (platform: Platform, actor: Actor, id: string): Promise<void> =>
  runCommand(
    platform,
    actor,
    async (ctx) => {
      ctx.unchanged()
      const edit = await bulkById(ctx.tx, actor.person, id, true)
      const [row] = edit === undefined ? [] : await rowsToDo(ctx.tx, edit, 1)
      if (row !== undefined)
        await settleRows(ctx.tx, edit!, [{ position: row.position, verdict: 'refused', code: 'bulk.broke' }], ctx.now)
    },
    { name: 'a ticket of a bulk edit is passed over' },
  )

async function one(
  ctx: Ctx,
  change: BulkChange,
  cause: string,
  row: BulkRowToDo,
  held: { version: number } | undefined,
): Promise<Settled> {
  const { position, ticket_id: id } = row
  if (held === undefined) return { position, verdict: 'left', code: 'bulk.left' }
  if (row.version !== null && row.version !== held.version)
    return { position, verdict: 'changed', code: 'bulk.changed' }
  let recorded = 0
  const within: Ctx = {
    ...ctx,
    record(draft) {
      recorded++
      return ctx.record({ cause, ...draft })
    },
  }
  const refused = await ctx.attempt(() => carryOut(within, id, change))
  if (refused !== null) return { position, verdict: 'refused', code: refused.code, params: refused.params }
  return { position, verdict: recorded === 0 ? 'same' : 'done' }
}

/** The acts of a person on one ticket, in the order of the contract. */
async function carryOut(ctx: Ctx, id: string, change: BulkChange): Promise<void> {
  const { queue, assignee, category, impact, urgency, note, state } = change
  if (queue !== undefined || assignee !== undefined) await assignTicket(ctx, { id, queue, assignee })
  if (category !== undefined || impact !== undefined || urgency !== undefined)
    await editTicket(ctx, { id, category, impact, urgency })
  if (note !== undefined) await addNote(ctx, { id, ...note, attachments: [] })
  if (state === 'resolved') await resolveTicket(ctx, { id, resolution: change.resolution ?? '' })
  else if (state === 'closed') await closeTicket(ctx, { id })
  else if (state !== undefined) await changeState(ctx, { id, state, vendor: change.vendor })
}
