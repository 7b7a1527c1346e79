import { insertNotices } from '../notifications/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { membersOf } from './by-hand-store.ts'

/** Tells a new owner, or the members of a new owner's team, that something is theirs now; nobody of what they gave themselves. */
export async function tellGiven(
  ctx: Ctx,
  what: { id: string; title: string; subject: { kind: string; id: string }; dueAt: string | null },
  owner: { kind: 'person' | 'team'; id: string },
  cause: string,
): Promise<void> {
  const persons = owner.kind === 'person' ? [owner.id] : await membersOf(ctx.tx, owner.id)
  await insertNotices(
    ctx.tx,
    persons
      .filter((person) => person !== ctx.actor.person)
      .map((person) => ({
        person,
        kind: 'commitment.given',
        code: 'commitments.notice.given',
        params: {
          by: ctx.actor.name,
          what: what.title,
          ...(what.dueAt === null ? { known: 'no', dueAt: '' } : { known: 'yes', dueAt: what.dueAt }),
        },
        subject: what.subject,
        cause: `event:${cause}`,
        at: ctx.now,
      })),
  )
}
