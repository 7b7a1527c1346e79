import { savedViews } from '../contract/saved-views.ts'
import type { Opened } from '../server/main.ts'
import { sql } from '../server/platform/db.ts'
import type { Cast } from './load-demo.ts'

/** Views that the invented company shares. Nothing where some are there already. */
export async function shareViews(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from saved_views limit 1`.execute(db)).rows.length > 0) return
  const cora = cast.actors.get('Cora Lindqvist')!
  await opened.act(cora, savedViews.save, {
    list: 'tickets',
    name: 'Critical and late',
    filter: { open: 'true', late: 'true', priority: '1,2', sort: 'due' },
    shared: 'everyone',
  })
  await opened.act(cora, savedViews.save, {
    list: 'tickets',
    name: 'Asked for, nobody has it',
    filter: { open: 'true', kind: 'request', assignee: 'none', sort: 'created' },
    columns: 'priority,reference,title,requester,queue',
    shared: 'everyone',
  })
}
