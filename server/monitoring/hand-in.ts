import type { Platform } from '../platform/platform.ts'
import { insertDelivery, type StoredDelivery } from './deliveries-store.ts'
import { anySource, type StoredSource } from './sources-store.ts'
import { takeDelivery } from './take-alerts.ts'

/** Keeps a message as it came, and then makes of it what is in it: what interrupts that leaves it to the next round. */
export async function handIn(
  platform: Platform,
  source: StoredSource,
  message: { mediaType: string; body: Buffer },
): Promise<StoredDelivery> {
  const id = await insertDelivery(platform.database.db, {
    organisation_id: source.organisation_id,
    source_id: source.id,
    media_type: message.mediaType,
    body: message.body,
    at: new Date().toISOString(),
  })
  return takeDelivery(platform, id)
}

/** Hands in JSON to a source, by its id. */
export async function handInAlerts(platform: Platform, source: string, body: object): Promise<StoredDelivery> {
  const stored = (await anySource(platform.database.db, source))!
  return handIn(platform, stored, { mediaType: 'application/json', body: Buffer.from(JSON.stringify(body)) })
}
