import type { Input, Output } from '../../../contract/action.ts'
import type { Feed, feeds } from '../../../contract/calendar-feeds.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, Problem } from '../../platform/errors.ts'
import { hashOf, newId, newSecret } from '../../platform/identifiers.ts'
import { type FeedRow, feedsOf, insertFeed, revokeFeedOf } from './feeds-store.ts'

const mostFeeds = 10

const shown = (row: FeedRow): Feed => ({
  id: row.id,
  name: row.name,
  withTeams: row.with_teams,
  createdAt: row.created_at,
  lastReadAt: row.last_read_at,
})

/** Feeds belong to accounts; a key has commitments of nobody's own. */
function account(ctx: Ctx): string {
  if (ctx.actor.account === null) throw new Problem(403, 'commitments.feed-for-persons')
  return ctx.actor.account
}

export async function listFeeds(ctx: Ctx): Promise<Output<typeof feeds.list>> {
  return { items: ctx.actor.account === null ? [] : (await feedsOf(ctx.tx, ctx.actor.account)).map(shown) }
}

/** The address holds 256 random bits and is answered once; only its hash is kept. */
export const createFeed =
  (publicUrl: string) =>
  async (ctx: Ctx, input: Input<typeof feeds.create>): Promise<Output<typeof feeds.create>> => {
    const owner = account(ctx)
    if ((await feedsOf(ctx.tx, owner)).length >= mostFeeds)
      throw new Problem(409, 'commitments.too-many-feeds', { most: mostFeeds })
    const id = newId()
    const secret = newSecret()
    await insertFeed(ctx.tx, { id, account: owner, name: input.name, withTeams: input.withTeams, hash: hashOf(secret) })
    ctx.record({
      type: 'calendar-feed.created',
      subject: { kind: 'account', id: owner },
      after: { feed: id, name: input.name, withTeams: input.withTeams },
    })
    const made = (await feedsOf(ctx.tx, owner)).find((row) => row.id === id)!
    return { feed: shown(made), address: `${publicUrl}/feeds/${secret}.ics` }
  }

export async function revokeFeed(ctx: Ctx, input: Input<typeof feeds.revoke>): Promise<Output<typeof feeds.revoke>> {
  const owner = account(ctx)
  if (!(await revokeFeedOf(ctx.tx, owner, input.id))) throw notFound('calendar feed')
  ctx.record({ type: 'calendar-feed.revoked', subject: { kind: 'account', id: owner }, after: { feed: input.id } })
  return {}
}
