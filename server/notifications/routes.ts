import { notifications } from '../../contract/notifications.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'
import { markRead, noticePage } from './store.ts'

/** The reader's own notifications; what they are about is named only while the reader still sees it. */
export const notificationRoutes = (subjects: Subjects): Route[] => [
  serve(notifications.list, async (ctx, input) => {
    if (ctx.actor.person === null) return { items: [], next: null }
    const { rows, next } = await noticePage(ctx.tx, ctx.actor.person, input.unread === true, input.limit, input.after)
    const about = rows.flatMap((row) =>
      row.subject_id === null ? [] : [{ kind: row.subject_kind!, id: row.subject_id }],
    )
    const visible = new Set<string>()
    for (const kind of new Set(about.map((s) => s.kind)))
      for (const id of await subjects.visibleIds(
        ctx.tx,
        ctx.actor,
        kind,
        about.filter((s) => s.kind === kind).map((s) => s.id),
      ))
        visible.add(id)
    const names = await subjects.describe(
      ctx.tx,
      about.filter((s) => visible.has(s.id)),
    )
    return {
      items: rows.map((row) => {
        const named = row.subject_id === null ? undefined : names.get(row.subject_id)
        return {
          id: row.id,
          at: row.at,
          readAt: row.read_at,
          kind: row.kind,
          sentence:
            row.subject_id !== null && named === undefined
              ? sentence('notifications.no-longer-visible')
              : sentence(row.code, { ...row.params, ...named }, ctx.actor.zone),
          subject:
            row.subject_id === null || named === undefined
              ? null
              : { kind: row.subject_kind!, id: row.subject_id, ...named },
        }
      }),
      next,
    }
  }),
  serve(notifications.read, async (ctx, input) => {
    const read = ctx.actor.person === null ? 0 : await markRead(ctx.tx, ctx.actor.person, input.ids)
    // reading one's mail is no act upon the records of others; it is not logged
    ctx.unchanged()
    return { read }
  }),
]
