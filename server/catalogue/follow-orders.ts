import { withApprovalWaiting, withdrawApprovals } from '../approvals/public.ts'
import { sentence } from '../platform/catalogue.ts'
import { systemActor } from '../platform/ctx.ts'
import type { Reaction } from '../platform/outbox.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { anyTicket, closeByItself, releaseTasks, resolveByItself, tasksOf, writeNote } from '../tickets/public.ts'
import { linesAsHtml } from './as-html.ts'
import { orderOf, saveOrder, withOrderUnderWay } from './orders-store.ts'

const ends = {
  'approval.refused': 'refused',
  'approval.expired': 'expired',
  'approval.withdrawn': 'withdrawn',
} as const

/** What becomes of an order when its approval or its tasks come to something, or its ticket ends. Idempotent: each step looks at how the order stands. */
export const followOrders = (platform: Platform): Reaction => ({
  name: 'catalogue.follow-orders',
  hears: ['approval.approved', ...Object.keys(ends), 'ticket.tasks-done', 'ticket.resolved', 'ticket.closed'],
  isWanted: async (tx, heard) => {
    const ids = heard.map(({ subject }) => subject)
    const waited = new Set([...(await withApprovalWaiting(tx, ids)), ...(await withOrderUnderWay(tx, ids))])
    return ({ subject }) => waited.has(subject)
  },
  react: async (event) => {
    if (event.subject.kind !== 'ticket') return
    await runCommand(platform, systemActor(event.organisation ?? '', 'Linchpin', 'automation'), async (ctx) => {
      ctx.unchanged()
      const id = event.subject.id
      // the ticket before its order, as everybody takes them
      const ticket = await anyTicket(ctx.tx, id)
      const order = await orderOf(ctx.tx, id, true)
      if (ticket === undefined) return
      // whatever was asked for about a ticket, by an order or by hand, is asked no more when it is over
      if (!ticket.open && event.type.startsWith('ticket.'))
        await withdrawApprovals(ctx, event.subject, sentence('orders.ended-by-hand'))
      if (order === undefined) return
      const approval = event.after?.['approval']
      if (event.type === 'approval.approved') {
        if (order.state !== 'waiting' || approval !== order.approval_id) return
        await saveOrder(ctx.tx, id, { state: 'fulfilling' })
        ctx.record({ type: 'order.approved', subject: event.subject, cause: event.id })
        await releaseTasks(ctx, ticket)
      } else if (event.type in ends) {
        if (order.state !== 'waiting' || approval !== order.approval_id) return
        const state = ends[event.type as keyof typeof ends]
        await saveOrder(ctx.tx, id, { state })
        const why = String(event.after?.['reason'] ?? '')
        await closeByItself(
          ctx,
          id,
          `<p>${linesAsHtml(sentence(`orders.${state}-note`, { by: event.actor.name, why: why === '' ? 'none' : why }))}</p>`,
        )
      } else if (event.type === 'ticket.tasks-done') {
        const isLeft = (await tasksOf(ctx.tx, ctx.actor, id, true)).some(
          ({ state }) => state === 'open' || state === 'ahead',
        )
        if (order.state !== 'fulfilling' || isLeft) return
        await saveOrder(ctx.tx, id, { state: 'done' })
        const done = `<p>${linesAsHtml(sentence('orders.done-note', { name: order.definition.name }))}</p>`
        const refused = await ctx.attempt(async () => void (await resolveByItself(ctx, id, done)))
        // what the ticket planned with devices may be refused: people see why, and resolve it themselves
        if (refused !== null)
          await writeNote(ctx, ticket, {
            public: false,
            body: `<p>${linesAsHtml(sentence('orders.not-resolved', { why: sentence(refused.code, refused.params) }))}</p>`,
            attachments: [],
            quiet: true,
          })
      } else if (!ticket.open && (order.state === 'waiting' || order.state === 'fulfilling')) {
        await saveOrder(ctx.tx, id, { state: order.state === 'waiting' ? 'withdrawn' : 'done' })
      }
    })
  },
})
