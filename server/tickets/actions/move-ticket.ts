import type { Input, Output } from '../../../contract/action.ts'
import type { tickets } from '../../../contract/tickets.ts'
import { isEmptyText, sanitised } from '../../notes/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sql } from '../../platform/db.ts'
import { Problem, refuse } from '../../platform/errors.ts'
import { carryOutItems } from '../carry-out-items.ts'
import { changeTicket, leftToQueue, lockedTicket, standing } from '../changing.ts'
import { queueGiven, serves } from '../queues-store.ts'
import {
  asReopened,
  reopenUntil,
  whyNotClose,
  whyNotMove,
  whyNotReopen,
  whyNotResolve,
  whyNotWork,
} from '../rules/ticket-states.ts'
import { ticketSettings } from '../settings.ts'
import { dropTasks } from '../tasks/run-tasks.ts'
import { writeNote } from './add-note.ts'

/** To a person, to another queue, or to nobody. An assignee who does not serve the new queue is taken off. */
export async function assignTicket(
  ctx: Ctx,
  input: Input<typeof tickets.assign>,
): Promise<Output<typeof tickets.assign>> {
  const before = await lockedTicket(ctx, input)
  refuse(whyNotWork(before, standing(ctx, before)))
  const queue = input.queue === undefined ? undefined : await queueGiven(ctx.tx, before.organisation_id, input.queue)
  if (input.queue !== undefined && queue === undefined)
    throw new Problem(400, 'tickets.no-queue', { queue: input.queue })
  const queueId = queue?.id ?? before.queue_id
  let assignee = input.assignee === 'me' ? ctx.actor.person : input.assignee
  let name: string | null = null
  if (assignee === undefined && queue !== undefined && before.assignee_id !== null)
    assignee = (await serves(ctx.tx, before.assignee_id, queueId))?.serves === true ? before.assignee_id : null
  if (assignee != null) {
    const given = await serves(ctx.tx, assignee, queueId)
    if (given === undefined) throw new Problem(400, 'tickets.unknown-person')
    // coordinators may take what they see; others are assigned what their team serves
    if (!given.serves && assignee !== ctx.actor.person)
      throw new Problem(409, 'tickets.assignee-not-serving', {
        name: given.name,
        queue: queue?.name ?? before.queue_name,
      })
    name = given.name
  }
  return changeTicket(
    ctx,
    before,
    { queue_id: queueId, ...(assignee === undefined ? {} : { assignee_id: assignee }) },
    {
      type: 'ticket.assigned',
      names: {
        before: { queue_name: before.queue_name, assignee_name: before.assignee_name },
        after: {
          queue_name: queue?.name ?? before.queue_name,
          assignee_name: assignee === undefined ? before.assignee_name : name,
        },
      },
    },
  )
}

export async function changeState(
  ctx: Ctx,
  input: Input<typeof tickets.changeState>,
): Promise<Output<typeof tickets.changeState>> {
  const before = await lockedTicket(ctx, input)
  const vendor = input.state === 'waiting_vendor' ? (input.vendor ?? before.vendor_id) : before.vendor_id
  refuse(whyNotMove(before, standing(ctx, before), input.state, vendor))
  const known =
    vendor === null
      ? undefined
      : (
          await sql<{
            name: string
            calendar_id: string | null
          }>`select name, calendar_id from vendors where id = ${vendor} and organisation_id = ${before.organisation_id}`.execute(
            ctx.tx,
          )
        ).rows[0]
  if (vendor !== null && known === undefined) throw new Problem(400, 'unknown-reference')
  const waiting = input.state.startsWith('waiting_')
  return changeTicket(
    ctx,
    before,
    {
      state: input.state,
      vendor_id: vendor,
      ...(before.state === input.state ? {} : { waiting_since: waiting ? ctx.now : null }),
    },
    {
      type: 'ticket.state-changed',
      note: input.reason ?? '',
      names: { after: known === undefined || input.state !== 'waiting_vendor' ? {} : { vendor_name: known.name } },
      happening: {
        kind: 'state',
        from: before.state,
        to: input.state,
        vendor:
          input.state === 'waiting_vendor' && vendor !== null
            ? { id: vendor, calendar: known?.calendar_id ?? null }
            : null,
      },
    },
  )
}

/**
 * Whoever resolves a ticket nobody has, takes it. What it planned with devices is carried out. The resolution goes to the requester as a public reply.
 */
export async function resolveTicket(
  ctx: Ctx,
  input: Input<typeof tickets.resolve>,
): Promise<Output<typeof tickets.resolve>> {
  const before = await lockedTicket(ctx, input)
  refuse(whyNotResolve(before, standing(ctx, before)))
  await carryOutItems(ctx, before)
  const resolution = sanitised(input.resolution)
  return changeTicket(
    ctx,
    before,
    {
      state: 'resolved',
      resolution,
      resolved_at: ctx.now,
      waiting_since: null,
      ...(before.assignee_id === null && ctx.actor.person !== null ? { assignee_id: ctx.actor.person } : {}),
    },
    {
      type: 'ticket.resolved',
      happening: { kind: 'resolved' },
      afterSaving: async (event) => {
        await dropTasks(ctx, before, sentence('tasks.ticket-over'), event)
        if (!isEmptyText(resolution))
          await writeNote(ctx, before, { public: true, body: resolution, attachments: [], quiet: true })
      },
    },
  )
}

export async function closeTicket(ctx: Ctx, input: Input<typeof tickets.close>): Promise<Output<typeof tickets.close>> {
  const before = await lockedTicket(ctx, input)
  refuse(whyNotClose(before, standing(ctx, before)))
  return changeTicket(
    ctx,
    before,
    { state: 'closed', closed_at: ctx.now },
    { type: 'ticket.closed', happening: { kind: 'closed' } },
  )
}

export async function reopenTicket(
  ctx: Ctx,
  input: Input<typeof tickets.reopen>,
): Promise<Output<typeof tickets.reopen>> {
  const before = await lockedTicket(ctx, input)
  const { reopenDays } = await ticketSettings(ctx.tx, before.organisation_id)
  refuse(
    whyNotReopen(
      {
        state: before.state,
        merged_into: before.merged_into,
        reopenUntil: reopenUntil(before.resolved_at, reopenDays),
      },
      standing(ctx, before),
      ctx.now,
    ),
  )
  const reopened = await changeTicket(ctx, before, asReopened(before), {
    type: 'ticket.reopened',
    happening: { kind: 'reopened' },
    note: input.reason,
  })
  return leftToQueue(ctx, before, reopened)
}
