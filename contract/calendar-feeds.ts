import { z } from 'zod'
import { command, id, instant, line, query } from './action.ts'

export const feed = z.object({
  id,
  name: z.string(),
  withTeams: z.boolean(),
  createdAt: instant,
  lastReadAt: instant.nullable(),
})
export type Feed = z.output<typeof feed>

/** Personal iCalendar feeds (RFC 5545) of one's commitments, each under a secret address. */
export const feeds = {
  list: query({
    name: 'feeds.list',
    path: '/calendar-feeds',
    permission: 'commitments.read',
    summary: "The reader's own calendar feeds.",
    input: z.object({}),
    output: z.object({ items: z.array(feed) }),
  }),
  create: command({
    name: 'feeds.create',
    method: 'POST',
    path: '/calendar-feeds',
    permission: 'commitments.read',
    summary: 'A secret address under which a calendar program reads what is due. It is shown once.',
    answersSecret: true,
    input: z.object({ name: line(60), withTeams: z.boolean().default(false) }),
    output: z.object({ feed, address: z.string() }),
  }),
  revoke: command({
    name: 'feeds.revoke',
    method: 'DELETE',
    path: '/calendar-feeds/{id}',
    permission: 'commitments.read',
    summary: 'Close the address of a feed.',
    input: z.object({ id }),
    output: z.object({}),
  }),
}
