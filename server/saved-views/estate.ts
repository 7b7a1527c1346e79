import type { Estate } from '../people/public.ts'
import { sql } from '../platform/db.ts'
import { nameBeside } from './rules/name-beside.ts'
import { giveView, namesOfOwner, sharedOf } from './views-store.ts'

/** Views that others use: they go on under the successor's name. What nobody else sees is left where it is. */
export const viewEstate: Estate = {
  name: 'views',
  async count(db, person) {
    return (
      await sql<{
        n: number
      }>`select count(*) as n from saved_views where owner_id = ${person} and shared <> 'nobody'`.execute(db)
    ).rows[0]!.n
  },
  async handOver(ctx, from, to) {
    const views = await sharedOf(ctx.tx, from)
    for (const view of views) {
      const name = nameBeside(view.name, view.owner_name, await namesOfOwner(ctx.tx, to, view.list))
      await giveView(ctx.tx, view.id, to, name)
      ctx.record({
        type: 'saved-view.handed-over',
        subject: { kind: 'saved-view', id: view.id },
        before: { owner: from, owner_name: view.owner_name, name: view.name },
        after: { owner: to, name },
      })
    }
    return views.length
  },
}
