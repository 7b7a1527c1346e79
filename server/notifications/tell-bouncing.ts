import type { Platform } from '../platform/platform.ts'
import { tellNodes } from '../platform/outbox.ts'
import { insertNotices } from './store.ts'

/** Tells a person in the app that mail to them comes back; by mail it would not arrive. */
export async function tellBouncing(platform: Platform, person: string, address: string): Promise<void> {
  const at = new Date().toISOString()
  await platform.database.db.transaction().execute(async (tx) => {
    const written = await insertNotices(tx, [
      {
        person,
        kind: 'mail-bounced',
        code: 'notifications.mail-bounced',
        params: { address },
        subject: null,
        cause: `mail-bounced:${address}:${at.slice(0, 10)}`,
        at,
      },
    ])
    await tellNodes(
      tx,
      written.map((n) => ({ kind: 'notification', id: n.id })),
    )
  })
}
