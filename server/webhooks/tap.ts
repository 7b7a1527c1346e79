import type { Tap, Tapped } from '../platform/outbox.ts'
import { takes } from './rules/back-off.ts'
import { activeWebhooks, addDeliveries } from './store.ts'

/** A test goes to the webhook that is tested, whatever it takes, and to no other. */
const wants = (hook: { id: string; types: readonly string[] }, event: Tapped): boolean =>
  event.type === 'webhook.tested' ? event.subject === hook.id : takes(hook.types, event.type)

/** Puts down a delivery for each webhook that wants an event, in the transaction that takes the event out of the outbox: each once. */
export const webhookTap: Tap = async (tx, events) => {
  const hooks = await activeWebhooks(tx)
  await addDeliveries(
    tx,
    events.flatMap((event) =>
      hooks
        .filter((hook) => hook.organisation_id === event.organisation && wants(hook, event))
        .map((hook) => ({ webhook: hook.id, event: event.id })),
    ),
  )
}
