import type {
  Answers,
  FormState,
  ManagedRow,
  ManagedService,
  Order,
  ServiceDefinition,
  ServiceForm,
  ServiceRow,
} from '../../contract/catalogue.ts'
import type { Approval } from '../../contract/approvals.ts'
import { may } from '../../contract/permissions.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Actor, Ctx } from '../platform/ctx.ts'
import type { Refusal } from '../platform/errors.ts'
import { shownRefusals } from '../platform/refusals.ts'
import { shownTask, type StoredTicket, standing, tasksOf } from '../tickets/public.ts'
import type { StoredOrder } from './orders-store.ts'
import { costOf, judgeAnswers, whyNotChangeOrder, whyNotPublish, whyNotWithdrawOrder } from './rules/form.ts'
import type { StoredService } from './services-store.ts'

/** What a form comes to with these answers. Money is shown while it is filled in, so nothing needs to be complete. */
export function formStateOf(
  definition: ServiceDefinition,
  given: Answers,
  more: ReadonlyMap<string, Refusal> = new Map(),
): FormState {
  const { asked, answers, wrong } = judgeAnswers(definition.fields, given)
  return {
    asked: asked.map((field) => field.key),
    cost: { ...costOf(definition, asked, answers), currency: definition.currency },
    wrong: [...new Map([...wrong, ...more])].map(([key, r]) => ({ key, message: sentence(r.code, r.params ?? {}) })),
  }
}

export const shownServiceRow = (s: StoredService, definition: ServiceDefinition, hasDraft: boolean): ServiceRow => ({
  id: s.id,
  name: definition.name,
  summary: definition.summary,
  category: { id: s.category_id, name: s.category_name },
  cost: { ...definition.price, currency: definition.currency },
  deliveryDays: definition.deliveryDays,
  needsApproval: definition.approval !== null,
  hasDraft,
})

export const shownForm = (
  s: StoredService,
  definition: ServiceDefinition,
  answers: Answers | undefined,
): ServiceForm => ({
  ...shownServiceRow(s, definition, answers !== undefined),
  revision: s.revision ?? 0,
  description: definition.description,
  fields: definition.fields,
  answers: answers ?? {},
  state: formStateOf(definition, answers ?? {}),
})

const lacking = (actor: Actor): Refusal | null =>
  may(actor.role, 'tickets.configure') ? null : { code: 'forbidden', params: { permission: 'tickets.configure' } }

export function shownManagedRow(actor: Actor, s: StoredService): ManagedRow {
  const problems = whyNotPublish(s.draft)
  return {
    id: s.id,
    version: s.version,
    name: s.draft.name,
    category: { id: s.category_id, name: s.category_name },
    position: s.position,
    revision: s.revision,
    changed: s.changed,
    orders: s.orders,
    refusals: shownRefusals({
      publish:
        lacking(actor) ?? problems[0] ?? (s.revision !== null && !s.changed ? { code: 'catalogue.nothing-new' } : null),
      retire: lacking(actor) ?? (s.revision === null ? { code: 'catalogue.not-published' } : null),
    }),
  }
}

export const shownManaged = (actor: Actor, s: StoredService): ManagedService => ({
  ...shownManagedRow(actor, s),
  definition: s.draft,
  problems: whyNotPublish(s.draft).map((r) => sentence(r.code, r.params ?? {})),
  publishedAt: s.published_at,
  publishedBy: s.published_by_name,
})

/** An order with what became of it, for whoever sees its ticket. */
export async function shownOrder(
  ctx: Ctx,
  ticket: StoredTicket,
  o: StoredOrder,
  approvals: Approval[],
): Promise<Order> {
  const tasks = await tasksOf(ctx.tx, ctx.actor, ticket.id)
  const is = standing(ctx, ticket)
  const who = { isOwn: is.requester, inside: is.inside }
  return {
    ticket: { id: ticket.id, reference: ticket.reference, title: ticket.title, state: ticket.state },
    version: o.version,
    service: { id: o.service_id, name: o.definition.name },
    revision: o.revision,
    facts: o.facts,
    fields: o.definition.fields,
    answers: o.answers,
    cost: { oneOff: o.one_off_minor, monthly: o.monthly_minor, currency: o.currency },
    state: o.state,
    orderedAt: o.ordered_at,
    expectedAt: o.expected_at,
    approvals,
    tasks: tasks.map((task) => shownTask(ctx.actor, task)),
    refusals: shownRefusals({
      change: whyNotChangeOrder(
        { isOpen: ticket.open, tasksDone: tasks.filter((t) => t.state === 'done').length },
        who,
      ),
      withdraw: whyNotWithdrawOrder({ isOpen: ticket.open }, who),
    }),
  }
}
