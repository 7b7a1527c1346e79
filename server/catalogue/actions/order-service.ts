import type { Answers, catalogue, ServiceDefinition } from '../../../contract/catalogue.ts'
import type { Input, Output } from '../../../contract/action.ts'
import { listApprovalsOf, startApproval, voidApprovals, withdrawApprovals } from '../../approvals/public.ts'
import { workingDaysFromNow } from '../../commitments/public.ts'
import { personById } from '../../people/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, Problem, refuse, stale } from '../../platform/errors.ts'
import type { Subjects } from '../../platform/subjects.ts'
import {
  closeByItself,
  holdTasks,
  lockedTicket,
  openTicket,
  planTasks,
  releaseTasks,
  standing,
  type StoredTicket,
  tasksOf,
  ticketByKey,
  writeNote,
} from '../../tickets/public.ts'
import { answersAsHtml, linesAsHtml } from '../as-html.ts'
import { insertOrder, orderOf, saveOrder, type StoredOrder } from '../orders-store.ts'
import { amountOf, costOf, judgeAnswers, mayOrder, whyNotChangeOrder, whyNotWithdrawOrder } from '../rules/form.ts'
import { sayAnswers } from '../say-answers.ts'
import { discardDraft, ordererOf, serviceById } from '../services-store.ts'
import { shownOrder } from '../shown.ts'
import { plannedTasks } from '../planned-tasks.ts'

/** The answers checked, in words and with what they cost; 400 names each wrong one. */
async function demandAnswers(
  ctx: Ctx,
  definition: ServiceDefinition,
  given: Answers,
  requester: string | null,
  kept: readonly string[] = [],
) {
  const { asked, answers, wrong } = judgeAnswers(definition.fields, given)
  const found = await sayAnswers(
    ctx.tx,
    { organisation: ctx.actor.organisation, requester, uploader: ctx.actor.id, kept },
    asked.filter((field) => !wrong.has(field.key)),
    answers,
    definition.currency,
  )
  const all = new Map([...wrong, ...found.wrong])
  if (all.size > 0) {
    const fields = [...all].map(([key, r]) => ({ path: `answers.${key}`, message: sentence(r.code, r.params ?? {}) }))
    throw new Problem(400, 'fields.wrong', { fields: fields.map((f) => f.message).join(' ') }, { fields })
  }
  return { answers, ...found, cost: costOf(definition, asked, answers) }
}

const amountIn = (definition: ServiceDefinition, cost: { oneOff: number; monthly: number }) => {
  const minor = amountOf(definition, cost)
  return definition.currency === null || minor === 0 ? null : { minor, currency: definition.currency }
}

/** Orders a service: a ticket of its own, approvals before tasks. All of it or nothing. */
export const orderService =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof catalogue.order>): Promise<Output<typeof catalogue.order>> => {
    const service = await serviceById(ctx.tx, ctx.actor.organisation, input.id)
    const definition = service?.definition ?? null
    if (service === undefined || definition === null || !service.category_active) throw notFound('service')
    const requester = input.requester ?? ctx.actor.person
    if (requester !== null && (await personById(ctx.tx, ctx.actor.organisation, requester)) === undefined)
      throw new Problem(400, 'tickets.unknown-requester', { requester })
    if (!mayOrder(definition.visibleTo, await ordererOf(ctx.tx, requester))) throw notFound('service')
    const { answers, said, devices, files, cost } = await demandAnswers(ctx, definition, input.answers, requester)
    const { id } = await openTicket(ctx, {
      kind: 'request',
      title: definition.name,
      description: answersAsHtml(said),
      ...(definition.queue === null ? {} : { queue: definition.queue }),
      ...(requester === null ? {} : { requester }),
      category: definition.category,
      impact: 2,
      urgency: 2,
      confidential: false,
      attachments: files,
      assets: devices,
    })
    const ticket = (await ticketByKey(ctx.tx, ctx.actor, id))!
    const expected =
      definition.deliveryDays === null
        ? null
        : await workingDaysFromNow(ctx, ctx.actor.organisation, definition.deliveryDays)
    await insertOrder(ctx.tx, {
      ticket_id: id,
      organisation_id: ctx.actor.organisation,
      service_id: service.id,
      revision: service.revision!,
      answers,
      facts: said,
      one_off_minor: cost.oneOff,
      monthly_minor: cost.monthly,
      currency: definition.currency,
      state: 'fulfilling',
      expected_at: expected,
      ordered_at: ctx.now,
    })
    ctx.record({
      type: 'order.placed',
      subject: { kind: 'ticket', id },
      after: { service: service.id, service_name: definition.name, revision: service.revision, ...cost },
    })
    await planTasks(ctx, ticket, await plannedTasks(ctx.tx, definition.tasks), { source: 'catalogue', held: true })
    await askApproval(ctx, ticket, (await orderOf(ctx.tx, id))!)
    if (ctx.actor.person !== null) await discardDraft(ctx.tx, ctx.actor.person, service.id)
    return reread(ctx, subjects, id)
  }

/** Asks for what must be approved; where nothing must, the tasks begin. */
async function askApproval(ctx: Ctx, ticket: StoredTicket, o: StoredOrder): Promise<void> {
  const { definition } = o
  const id =
    definition.approval === null
      ? null
      : await startApproval(ctx, {
          subject: { kind: 'ticket', id: ticket.id },
          purpose: 'order',
          title: `${definition.name} (${ticket.reference})`,
          facts: o.facts.map(({ label, text }) => ({ label, text })),
          amount: amountIn(definition, { oneOff: o.one_off_minor, monthly: o.monthly_minor }),
          requester: ticket.requester_id,
          definition: definition.approval,
        })
  await saveOrder(ctx.tx, ticket.id, { approval_id: id, state: id === null ? 'fulfilling' : 'waiting' })
  if (id === null) await releaseTasks(ctx, ticket)
}

async function held(ctx: Ctx, input: { id: string }): Promise<{ ticket: StoredTicket; order: StoredOrder }> {
  const ticket = await lockedTicket(ctx, { id: input.id })
  const order = await orderOf(ctx.tx, ticket.id, true)
  if (order === undefined) throw notFound('order')
  return { ticket, order }
}
export async function reread(ctx: Ctx, subjects: Subjects, ticket: string) {
  const approvals = await listApprovalsOf(subjects)(ctx, { subject: ticket })
  const found = (await ticketByKey(ctx.tx, ctx.actor, ticket))!
  return shownOrder(ctx, found, (await orderOf(ctx.tx, ticket))!, approvals.items)
}
const whoIs = (ctx: Ctx, ticket: StoredTicket) => {
  const is = standing(ctx, ticket)
  return { isOwn: is.requester, inside: is.inside }
}

const inWords = (said: readonly { key: string; text: string }[]): string =>
  said.map(({ key, text }) => `${key}: ${text}`).join('\n')

/** Other answers: what was approved holds no longer, so it is asked anew, and the tasks wait again. */
export const changeOrder =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof catalogue.changeOrder>): Promise<Output<typeof catalogue.changeOrder>> => {
    const { ticket, order } = await held(ctx, input)
    if (input.version !== undefined && input.version !== order.version)
      throw stale(await reread(ctx, subjects, ticket.id), input)
    const tasksDone = (await tasksOf(ctx.tx, ctx.actor, ticket.id)).filter((task) => task.state === 'done').length
    refuse(whyNotChangeOrder({ isOpen: ticket.open, tasksDone }, whoIs(ctx, ticket)))
    // files of the order stay where nothing is said of them
    const fileKeys = order.definition.fields.filter((field) => field.type === 'file').map((field) => field.key)
    const kept = Object.fromEntries(
      fileKeys.flatMap((key) => (order.answers[key] == null ? [] : [[key, order.answers[key]]])),
    )
    const had = Object.values(kept).flatMap((ids) => (Array.isArray(ids) ? ids : []))
    const { answers, said, cost, files } = await demandAnswers(
      ctx,
      order.definition,
      { ...kept, ...input.answers },
      ticket.requester_id,
      had,
    )
    // two files may have one name
    if (inWords(said) === inWords(order.facts) && had.toSorted().join() === files.toSorted().join()) {
      ctx.unchanged()
      return reread(ctx, subjects, ticket.id)
    }
    await saveOrder(ctx.tx, ticket.id, {
      answers,
      facts: said,
      one_off_minor: cost.oneOff,
      monthly_minor: cost.monthly,
    })
    const event = ctx.record({
      type: 'order.changed',
      subject: { kind: 'ticket', id: ticket.id },
      before: { oneOff: order.one_off_minor, monthly: order.monthly_minor },
      after: {
        ...cost,
        changed: said
          .filter((one) => !order.facts.some((was) => was.key === one.key && was.text === one.text))
          .map((one) => one.label)
          .join(', '),
      },
    })
    await writeNote(ctx, ticket, {
      public: true,
      body: `<p>${sentence('orders.changed-note')}</p>${answersAsHtml(said)}`,
      attachments: files.filter((id) => !had.includes(id)),
      quiet: true,
    })
    await voidApprovals(ctx, { kind: 'ticket', id: ticket.id }, sentence('orders.changed'))
    await holdTasks(ctx, ticket, event)
    // a refusal ended the tasks with the ticket; reopened, the order needs them again
    const isLeft = (await tasksOf(ctx.tx, ctx.actor, ticket.id, true)).some(({ state }) => state === 'ahead')
    if (!isLeft)
      await planTasks(ctx, ticket, await plannedTasks(ctx.tx, order.definition.tasks), {
        source: 'catalogue',
        held: true,
      })
    await askApproval(ctx, ticket, (await orderOf(ctx.tx, ticket.id))!)
    return reread(ctx, subjects, ticket.id)
  }

export const withdrawOrder =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof catalogue.withdrawOrder>): Promise<Output<typeof catalogue.withdrawOrder>> => {
    const { ticket } = await held(ctx, input)
    refuse(whyNotWithdrawOrder({ isOpen: ticket.open }, whoIs(ctx, ticket)))
    await saveOrder(ctx.tx, ticket.id, { state: 'withdrawn' })
    ctx.record({
      type: 'order.withdrawn',
      subject: { kind: 'ticket', id: ticket.id },
      after: input.reason === '' ? {} : { reason: input.reason },
    })
    await withdrawApprovals(ctx, { kind: 'ticket', id: ticket.id }, input.reason)
    await closeByItself(
      ctx,
      ticket.id,
      `<p>${linesAsHtml(sentence('orders.withdrawn-note', { by: ctx.actor.name, why: input.reason || 'none' }))}</p>`,
    )
    return reread(ctx, subjects, ticket.id)
  }
