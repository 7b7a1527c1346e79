import type { Input, Output } from '../../contract/action.ts'
import { type Delivery, type Webhook, webhooks } from '../../contract/webhooks.ts'
import { messages, sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { invalid, notFound, stale } from '../platform/errors.ts'
import { changes } from '../platform/events.ts'
import { newId } from '../platform/identifiers.ts'
import { type Route, serve } from '../platform/mount.ts'
import { whyNotAddress } from '../platform/outgoing.ts'
import type { Platform } from '../platform/platform.ts'
import { seal } from '../platform/sealing.ts'
import { purpose } from './deliver.ts'
import { newSigningSecret } from './sign.ts'
import {
  deliveryById,
  deliveryPage,
  type DeliveryRow,
  insertWebhook,
  removeWebhook,
  rotateSecret,
  type ShownRow,
  updateWebhook,
  wait,
  webhookById,
  webhookPage,
} from './store.ts'

const shown = (row: ShownRow): Webhook => ({
  id: row.id,
  version: row.version,
  name: row.name,
  url: row.url,
  types: row.types,
  role: row.role,
  active: row.active,
  waiting: row.waiting,
  givenUp: row.given_up,
  lastDeliveredAt: row.last_delivered_at,
  rotatedUntil: row.previous_until !== null && Date.parse(row.previous_until) > Date.now() ? row.previous_until : null,
  createdAt: row.created_at,
  refusals: {},
})

const shownDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  event: { id: row.event_id, type: row.type, at: row.at },
  state: row.state,
  attempts: row.attempts,
  nextAt: row.next_at,
  status: row.status,
  excerpt: row.excerpt,
  error: row.error === null ? null : sentence(row.error.code, row.error.params),
  createdAt: row.created_at,
  doneAt: row.done_at,
})

/** Types of events that have a sentence; what a webhook takes may also be another, or a pattern. */
const eventTypes = Object.keys(messages)
  .flatMap((key) => (key.startsWith('event.') ? [key.slice('event.'.length)] : []))
  .toSorted()

export function webhookRoutes(platform: Platform): Route[] {
  const checked = (url: string): string => {
    const refusal = whyNotAddress(url, platform.outgoing.allowed)
    if (refusal !== null) throw invalid('url', refusal.code, refusal.params)
    return url
  }
  const sealed = (id: string, secret: string) => seal(platform.secret, `${purpose} ${id}`, secret)
  const found = async (ctx: Ctx, id: string, lock = false): Promise<ShownRow> => {
    const hook = await webhookById(ctx.tx, ctx.actor.organisation, id, lock)
    if (hook === undefined) throw notFound('webhook')
    return hook
  }

  async function create(ctx: Ctx, input: Input<typeof webhooks.create>): Promise<Output<typeof webhooks.create>> {
    const id = newId()
    const secret = newSigningSecret()
    const { name, types, role } = input
    const url = checked(input.url)
    await insertWebhook(ctx.tx, {
      id,
      organisation_id: ctx.actor.organisation,
      name,
      url,
      types,
      role,
      secret: sealed(id, secret),
    })
    // an address may hold a token of its receiver
    ctx.record({
      type: 'webhook.created',
      subject: { kind: 'webhook', id },
      after: { name, types, role, host: new URL(url).host },
    })
    return { webhook: shown(await found(ctx, id)), secret }
  }

  async function edit(ctx: Ctx, input: Input<typeof webhooks.edit>): Promise<Output<typeof webhooks.edit>> {
    const before = await found(ctx, input.id, true)
    if (input.version !== undefined && input.version !== before.version) throw stale(shown(before), input)
    const was = { name: before.name, url: before.url, types: before.types, role: before.role, active: before.active }
    const after = {
      name: input.name ?? was.name,
      url: input.url === undefined ? was.url : checked(input.url),
      types: input.types ?? was.types,
      role: input.role ?? was.role,
      active: input.active ?? was.active,
    }
    const change = changes(was, after)
    if (Object.keys(change.after).length === 0) ctx.unchanged()
    else {
      await updateWebhook(ctx.tx, input.id, after)
      const tame = (part: Record<string, unknown>) =>
        'url' in part ? { ...part, url: new URL(part['url'] as string).host } : part
      ctx.record({
        type: 'webhook.changed',
        subject: { kind: 'webhook', id: input.id },
        before: tame(change.before),
        after: tame(change.after),
      })
    }
    return shown(await found(ctx, input.id))
  }

  async function rotate(ctx: Ctx, input: Input<typeof webhooks.rotate>): Promise<Output<typeof webhooks.rotate>> {
    await found(ctx, input.id, true)
    const secret = newSigningSecret()
    await rotateSecret(ctx.tx, input.id, sealed(input.id, secret))
    ctx.record({ type: 'webhook.secret-rotated', subject: { kind: 'webhook', id: input.id } })
    return { webhook: shown(await found(ctx, input.id)), secret }
  }

  return [
    serve(webhooks.list, async (ctx, input) => {
      const { rows, next } = await webhookPage(ctx.tx, ctx.actor.organisation, input.limit, input.after)
      return { items: rows.map(shown), next }
    }),
    serve(webhooks.show, async (ctx, input) => shown(await found(ctx, input.id))),
    serve(webhooks.eventTypes, () => Promise.resolve({ items: eventTypes })),
    serve(webhooks.create, create),
    serve(webhooks.edit, edit),
    serve(webhooks.rotate, rotate),
    serve(webhooks.remove, async (ctx, input) => {
      const hook = await found(ctx, input.id, true)
      await removeWebhook(ctx.tx, input.id)
      ctx.record({ type: 'webhook.removed', subject: { kind: 'webhook', id: input.id }, before: { name: hook.name } })
      return { removed: true }
    }),
    serve(webhooks.test, async (ctx, input) => {
      await found(ctx, input.id)
      return { event: ctx.record({ type: 'webhook.tested', subject: { kind: 'webhook', id: input.id } }) }
    }),
    serve(webhooks.deliveries, async (ctx, input) => {
      await found(ctx, input.id)
      const { rows, next } = await deliveryPage(ctx.tx, input.id, input.state, input.limit, input.after)
      return { items: rows.map(shownDelivery), next }
    }),
    serve(webhooks.repeat, async (ctx, input) => {
      const before = await deliveryById(ctx.tx, ctx.actor.organisation, input.id)
      if (before === undefined) throw notFound('delivery')
      await wait(ctx.tx, input.id)
      ctx.record({
        type: 'webhook.repeated',
        subject: { kind: 'webhook', id: before.webhook_id },
        after: { delivery: input.id, event: before.event_id },
      })
      return shownDelivery((await deliveryById(ctx.tx, ctx.actor.organisation, input.id))!)
    }),
  ]
}
