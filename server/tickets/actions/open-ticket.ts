import type { Input, Output } from '../../../contract/action.ts'
import { may } from '../../../contract/permissions.ts'
import type { Ticket, tickets } from '../../../contract/tickets.ts'
import { attachFiles } from '../../files/public.ts'
import { sanitised } from '../../notes/public.ts'
import { personByEmail, personById } from '../../people/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { Problem } from '../../platform/errors.ts'
import { isId, newId } from '../../platform/identifiers.ts'
import { keepPromises } from '../../service-levels/public.ts'
import { demandFiles } from '../changing.ts'
import { queueGiven, serves } from '../queues-store.ts'
import { priorityOf } from '../rules/priority.ts'
import { ticketSettings } from '../settings.ts'
import { shownTicket } from '../shown-ticket.ts'
import { linkOpened } from './link-item.ts'
import { setParent } from './set-parent.ts'
import { branchOf, insertTicket, type StoredTicket } from '../tickets-store.ts'

const sources: Partial<Record<Ctx['actor']['kind'], 'web' | 'monitoring'>> = {
  person: 'web',
  integration: 'monitoring',
}

export async function openTicket(ctx: Ctx, input: Input<typeof tickets.open>): Promise<Output<typeof tickets.open>> {
  const { actor } = ctx
  const queue = await queueGiven(ctx.tx, actor.organisation, input.queue)
  if (queue === undefined)
    throw input.queue === undefined
      ? new Problem(409, 'tickets.no-default-queue')
      : new Problem(400, 'tickets.no-queue', { queue: input.queue })
  const requester = await requesterOf(ctx, input.requester)
  const assignee = may(actor.role, 'tickets.work') ? (input.assignee ?? null) : null
  if (assignee !== null) {
    const given = await serves(ctx.tx, assignee, queue.id)
    if (given === undefined) throw new Problem(400, 'tickets.unknown-person')
    if (!given.serves) throw new Problem(409, 'tickets.assignee-not-serving', { name: given.name, queue: queue.name })
  }
  const { ticket: opened } = await writeOpened(ctx, {
    kind: input.kind,
    title: input.title,
    description: sanitised(input.description),
    impact: input.impact,
    urgency: input.urgency,
    queue,
    assignee,
    requester,
    category: input.category ?? null,
    confidential: input.confidential,
    source: sources[actor.kind] ?? 'api',
  })
  const { id } = opened
  demandFiles(input.attachments.length, await attachFiles(ctx.tx, actor, input.attachments, { kind: 'ticket', id }))
  await linkOpened(ctx, opened, input.assets)
  if (input.parent !== undefined) return setParent(ctx, { id, parent: input.parent }, { opening: true })
  return shownTicket(ctx, opened, { bare: input.attachments.length === 0 })
}

/** A ticket about to be opened; `description` is sanitised. */
export interface Opening {
  kind: Ticket['kind']
  title: string
  description: string
  impact: number
  urgency: number
  queue: { id: string; name: string; teams: readonly string[] }
  assignee: string | null
  requester: string | null
  category: string | null
  confidential: boolean
  source: Ticket['source']
  /** Said in its event, beside what it is. */
  told?: Record<string, unknown>
}

/** Starts the clocks of a new ticket, writes it and records that it was opened. */
export async function writeOpened(ctx: Ctx, opening: Opening): Promise<{ ticket: StoredTicket; dueAt: string | null }> {
  const { actor } = ctx
  const { matrix } = await ticketSettings(ctx.tx, actor.organisation)
  const { queue } = opening
  const id = newId()
  const given = {
    kind: opening.kind,
    title: opening.title,
    description: opening.description,
    state: 'new' as const,
    impact: opening.impact,
    urgency: opening.urgency,
    priority: priorityOf(matrix, opening.impact, opening.urgency),
    queue_id: queue.id,
    assignee_id: opening.assignee,
    requester_id: opening.requester,
    category_id: opening.category,
    confidential: opening.confidential,
  }
  // the clocks start first, so that the ticket is written once, with its due moment
  const event = newId()
  const promise = await keepPromises(
    ctx,
    {
      subject: { kind: 'ticket', id },
      organisation: actor.organisation,
      facts: {
        kind: given.kind,
        priority: given.priority,
        queue: queue.id,
        categories: await branchOf(ctx.tx, given.category_id),
        organisation: actor.organisation,
      },
      state: given.state,
      owner: { person: given.assignee_id, teams: [...queue.teams] },
    },
    { kind: 'opened' },
    { at: ctx.now, cause: event },
  )
  const ticket = await insertTicket(ctx.tx, actor, {
    ...given,
    due: promise.dueAt,
    service_level_id: promise.serviceLevel ?? null,
    id,
    organisation_id: actor.organisation,
    vendor_id: null,
    resolution: null,
    waiting_since: null,
    resolved_at: null,
    closed_at: null,
    reopen_count: 0,
    source: opening.source,
    opened_by: actor.id,
    opened_by_name: actor.name,
    at: ctx.now,
  })
  const { title, description: _description, ...facts } = given
  ctx.record({
    id: event,
    type: 'ticket.opened',
    subject: { kind: 'ticket', id },
    after: { reference: ticket.reference, title, ...facts, queue_name: queue.name, ...opening.told },
  })
  return { ticket, dueAt: promise.dueAt }
}

/** Whom the ticket is for: the reader unless named, by id or address. Only IT opens tickets for others. */
async function requesterOf(ctx: Ctx, given: string | undefined): Promise<string | null> {
  if (given === undefined) return ctx.actor.person
  const found = isId(given)
    ? await personById(ctx.tx, ctx.actor.organisation, given)
    : await personByEmail(ctx.tx, ctx.actor.organisation, given)
  if (found === undefined) throw new Problem(400, 'tickets.unknown-requester', { requester: given })
  if (found.id !== ctx.actor.person && ctx.actor.kind === 'person' && !may(ctx.actor.role, 'tickets.work'))
    throw new Problem(403, 'tickets.not-yours-to-open-for')
  return found.id
}
