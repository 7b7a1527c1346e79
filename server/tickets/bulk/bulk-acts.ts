import type { Input, Output } from '../../../contract/action.ts'
import {
  type BulkEdit,
  type BulkFilter,
  bulkVerdicts,
  mostFound,
  type ticketBulkEdits,
} from '../../../contract/ticket-bulk-edits.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { cursorOf, readCursor } from '../../platform/db.ts'
import { notFound, Problem, refuse } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { tellNodes } from '../../platform/outbox.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { whyNotBulk, whyNotChangeAtAll, whyNotStop } from '../rules/bulk-change.ts'
import { idsOfTickets, type ListInput } from '../tickets-list.ts'
import {
  bulkById,
  bulkPage,
  bulkRows,
  type Chosen,
  endBulk,
  factsOf,
  insertBulk,
  type SettledRow,
  type StoredBulk,
  unfinishedBulk,
} from './bulk-store.ts'
import { demandNamed, namesIn, sayChange } from './say-change.ts'

export const bulkTask = 'ticket-bulk-edit'
/** How many edits of a person may stand one behind the other. */
const mostWaiting = 20

export const asked = (filter: BulkFilter): ListInput => ({ ...filter, limit: 1 })

async function shown(ctx: Ctx, edits: readonly StoredBulk[]): Promise<BulkEdit[]> {
  const names = await namesIn(
    ctx.tx,
    ctx.actor.organisation,
    edits.map((edit) => edit.change),
  )
  return edits.map((edit) => ({
    id: edit.id,
    status: edit.status,
    total: edit.total,
    settled: edit.settled,
    counts: Object.fromEntries(
      bulkVerdicts.map((verdict) => [verdict, edit.counts[verdict] ?? 0]),
    ) as BulkEdit['counts'],
    change: sayChange(edit.change, names),
    byFilter: edit.filter !== null,
    error: edit.error === null ? null : sentence(edit.error),
    createdAt: edit.created_at,
    startedAt: edit.started_at,
    finishedAt: edit.finished_at,
    refusals: shownRefusals({ stop: whyNotStop(edit.status) }),
  }))
}

async function own(ctx: Ctx, id: string, lock = false): Promise<StoredBulk> {
  const found = await bulkById(ctx.tx, ctx.actor.person, id, lock)
  if (found === undefined) throw notFound('bulk edit')
  return found
}

/** The tickets of an edit in their order, one more than an edit takes where there are too many. 400 where neither or both ways of choosing are used. */
async function chosenBy(ctx: Ctx, input: Input<typeof ticketBulkEdits.preview>): Promise<Chosen[]> {
  if ((input.filter === undefined) === (input.tickets === undefined)) throw new Problem(400, 'bulk.filter-or-tickets')
  if (input.tickets !== undefined) return [...new Map(input.tickets.map((one) => [one.id, one])).values()]
  const ids = await idsOfTickets(ctx.tx, ctx.actor, asked(input.filter!), ctx.now, mostFound + 1)
  return ids.map((id) => ({ id }))
}

async function demandSound(ctx: Ctx, { change }: Input<typeof ticketBulkEdits.preview>): Promise<void> {
  const refusal = whyNotChangeAtAll(change)
  if (refusal !== null) throw new Problem(400, refusal.code, refusal.params ?? {})
  await demandNamed(ctx.tx, ctx.actor.organisation, change)
}

export async function previewBulk(
  ctx: Ctx,
  input: Input<typeof ticketBulkEdits.preview>,
): Promise<Output<typeof ticketBulkEdits.preview>> {
  await demandSound(ctx, input)
  const chosen = await chosenBy(ctx, input)
  const facts = await factsOf(
    ctx.tx,
    ctx.actor,
    chosen.map((one) => one.id),
  )
  const refused = new Map<string, number>()
  const count = (why: string, n = 1) => refused.set(why, (refused.get(why) ?? 0) + n)
  for (const { inside, requester, ...ticket } of facts) {
    const refusal = whyNotBulk(input.change, ticket, { inside, requester })
    if (refusal !== null) count(sentence(refusal.code, refusal.params ?? {}))
  }
  if (facts.length < chosen.length) count(sentence('bulk.unseen'), chosen.length - facts.length)
  const n = [...refused.values()].reduce((sum, one) => sum + one, 0)
  return {
    matched: Math.min(chosen.length, mostFound),
    tooMany: chosen.length > mostFound,
    allowed: chosen.length - n,
    refused: [...refused].map(([why, of]) => ({ why, n: of })).toSorted((a, b) => b.n - a.n),
  }
}

export async function startBulk(ctx: Ctx, input: Input<typeof ticketBulkEdits.start>): Promise<BulkEdit> {
  const { person } = ctx.actor
  if (person === null) throw new Problem(409, 'bulk.persons-only')
  await demandSound(ctx, input)
  const chosen = await chosenBy(ctx, input)
  if (chosen.length === 0) throw new Problem(409, 'bulk.none')
  if (chosen.length > mostFound) throw new Problem(409, 'bulk.too-many', { most: mostFound })
  if ((await unfinishedBulk(ctx.tx, person)) >= mostWaiting)
    throw new Problem(409, 'bulk.too-many-waiting', { most: mostWaiting })
  // of those chosen one by one only what is there and seen, so that ids are no way to ask what exists
  const seen =
    input.tickets === undefined
      ? null
      : new Set(
          (
            await factsOf(
              ctx.tx,
              ctx.actor,
              chosen.map((one) => one.id),
            )
          ).map((one) => one.id),
        )
  if (seen !== null && seen.size < chosen.length) throw notFound('ticket')
  const id = newId()
  const { change, filter } = input
  const cause = ctx.record({
    type: 'ticket-bulk-edit.started',
    subject: { kind: 'ticket-bulk-edit', id },
    after: { tickets: chosen.length, change, filter: filter ?? null },
  })
  const edit = { id, organisation_id: ctx.actor.organisation, person_id: person, cause, change }
  await insertBulk(ctx.tx, { ...edit, filter: filter ?? null }, chosen)
  // one after the other: a queue of the person's own
  ctx.addJob(bulkTask, { person }, { key: `bulk:${person}`, queue: `bulk:${person}` })
  return (await shown(ctx, [await own(ctx, id)]))[0]!
}

export async function listBulk(
  ctx: Ctx,
  input: Input<typeof ticketBulkEdits.list>,
): Promise<Output<typeof ticketBulkEdits.list>> {
  const { rows, next } = await bulkPage(ctx.tx, ctx.actor.person, input.limit, input.after)
  return { items: await shown(ctx, rows), next }
}

export const showBulk = async (ctx: Ctx, { id }: { id: string }): Promise<BulkEdit> =>
  (await shown(ctx, [await own(ctx, id)]))[0]!

/** Why a row is as it is, in words. */
export const whyOf = (row: SettledRow, zone: string): string | null =>
  row.code === null ? null : sentence(row.code, row.params ?? {}, zone)

export async function listBulkRows(
  ctx: Ctx,
  input: Input<typeof ticketBulkEdits.rows>,
): Promise<Output<typeof ticketBulkEdits.rows>> {
  await own(ctx, input.id)
  const from = readCursor(input.after, 1)
  if (input.after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const beyond = from === null ? 0 : Number(from[0])
  const rows = await bulkRows(ctx.tx, ctx.actor, input.id, { verdict: input.verdict, beyond, most: input.limit + 1 })
  const items = rows.slice(0, input.limit)
  return {
    items: items.map((row) => ({
      position: row.position,
      ticket: row.ticket_id === null ? null : { id: row.ticket_id, reference: row.reference!, title: row.title! },
      verdict: row.verdict,
      why: whyOf(row, ctx.actor.zone),
    })),
    next: rows.length > input.limit ? cursorOf([items.at(-1)!.position]) : null,
  }
}

export async function stopBulk(ctx: Ctx, { id }: { id: string }): Promise<BulkEdit> {
  const before = await own(ctx, id, true)
  refuse(whyNotStop(before.status))
  await endBulk(ctx.tx, id, 'stopped', ctx.now)
  ctx.record({
    type: 'ticket-bulk-edit.stopped',
    subject: { kind: 'ticket-bulk-edit', id },
    cause: before.cause,
    after: { settled: before.settled, tickets: before.total },
  })
  await tellNodes(ctx.tx, [{ kind: 'ticket-bulk-edit', id }])
  return (await shown(ctx, [await own(ctx, id)]))[0]!
}
