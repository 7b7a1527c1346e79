import { audit, events } from '../../contract/events.ts'
import { cursorOf, readCursor, sql } from '../platform/db.ts'
import { sentence } from '../platform/catalogue.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'
import { verifyTask } from './verify-job.ts'
import { countSealed, erasePayload, lastSeal, lastVerification } from './seals-store.ts'

interface Row {
  id: string
  type: string
  at: string
  actor_kind: 'person'
  actor_id: string | null
  actor_name: string
  subject_kind: string
  subject_id: string
  request_id: string | null
  cause: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  erased: boolean
}

/**
 * The log, newest first, for those who may read it. An event about a record the reader may not see (a confidential
 * ticket) is not shown, whatever the role.
 */
export const auditRoutes = (subjects: Subjects): Route[] => [
  serve(events.list, async (ctx, input) => {
    const from = readCursor(input.after, 1)
    if (input.after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
    const guarded = sql.join(subjects.kinds().map((kind) => sql`${kind}`))
    const { rows } = await sql<Row>`
      select e.id, e.type, e.at, e.actor_kind, e.actor_id, e.actor_name, e.subject_kind, e.subject_id, e.request_id, e.cause, p.before, p.after, p.event_id is null as erased
      from events e left join event_payloads p on p.event_id = e.id
      where e.organisation_id = ${ctx.actor.organisation}
        and (e.subject_kind not in (${guarded}) or ${subjects.visible(ctx.actor, sql.ref('e.subject_kind'), sql.ref('e.subject_id'))})
        ${input.subject === undefined ? sql`` : sql`and e.subject_id = ${input.subject}`}
        ${input.actor === undefined ? sql`` : sql`and e.actor_id = ${input.actor}`}
        ${input.type === undefined ? sql`` : sql`and e.type = ${input.type}`}
        ${from === null ? sql`` : sql`and e.id < ${from[0]}::uuid`}
      order by e.id desc limit ${input.limit + 1}`.execute(ctx.tx)
    const page = await subjects.asSeen(ctx.tx, ctx.actor, rows.slice(0, input.limit), (row) => row.subject_kind)
    return {
      items: page.map((r) => ({
        id: r.id,
        type: r.type,
        at: r.at,
        actor: { kind: r.actor_kind, id: r.actor_id, name: r.actor_name },
        subject: { kind: r.subject_kind, id: r.subject_id },
        requestId: r.request_id,
        cause: r.cause,
        before: r.before,
        after: r.after,
        erased: r.erased,
      })),
      next: rows.length > input.limit ? cursorOf([page.at(-1)!.id]) : null,
    }
  }),
  serve(events.erase, async (ctx, input) => {
    const erased = await erasePayload(ctx.tx, ctx.actor, subjects, input.id)
    if (erased === undefined) throw notFound('event')
    if (erased)
      ctx.record({ type: 'event.erased', subject: { kind: 'event', id: input.id }, after: { reason: input.reason } })
    else ctx.unchanged()
    return { id: input.id, erased: true }
  }),
  serve(audit.status, async (ctx) => {
    const last = await lastSeal(ctx.tx)
    const verified = await lastVerification(ctx.tx)
    return {
      sealedUpTo: last?.sealed_at ?? null,
      ...(await countSealed(ctx.tx)),
      verified:
        verified === undefined
          ? null
          : {
              at: verified.at,
              clean: verified.clean,
              events: verified.events,
              unsealed: verified.unsealed,
              findings: verified.findings.map(({ code, params }) => ({ code, sentence: sentence(code, params) })),
            },
    }
  }),
  serve(audit.verify, async (ctx) => {
    ctx.addJob(
      verifyTask,
      { by: { kind: ctx.actor.kind, id: ctx.actor.id, name: ctx.actor.name } },
      { key: verifyTask },
    )
    ctx.record({ type: 'audit.verification-asked', subject: { kind: 'organisation', id: ctx.actor.organisation } })
    return Promise.resolve({ started: true })
  }),
]
