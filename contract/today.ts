import { z } from 'zod'
import { id, instant, query, ref } from './action.ts'
import { clockFace, ticketState } from './tickets.ts'

/** A line of Today: one subject, why it is here, and since or until when. */
export const todayLine = z.object({
  subject: z.object({
    kind: z.string(),
    id,
    reference: z.string(),
    title: z.string(),
    version: z.int(),
    state: ticketState.nullable(),
  }),
  /** The clock that put it here, if one did. */
  clock: clockFace.nullable(),
  queue: ref.nullable(),
  assignee: ref.nullable(),
  owner: z.object({ name: z.string(), fallback: z.boolean() }).nullable(),
  waitingFor: z.string().nullable(),
  since: instant.nullable(),
  priority: z.int().nullable(),
})
export type TodayLine = z.output<typeof todayLine>

export const todaySection = z.object({ total: z.int(), totalCapped: z.boolean(), lines: z.array(todayLine) })
/** Something out of the ordinary: a category that spikes against its own history, a technician overloaded. */
export const unusual = z.object({
  kind: z.enum(['category-spike', 'overload']),
  sentence: z.string(),
  category: ref.nullable(),
  person: ref.nullable(),
  figure: z.number(),
  usual: z.number(),
})

export const todayPage = z.object({
  asOf: instant,
  zone: z.string(),
  late: todaySection,
  dueSoon: todaySection,
  waiting: todaySection,
  ageing: todaySection,
  unowned: todaySection,
  unusual: z.array(unusual),
})
export type TodayPage = z.output<typeof todayPage>

export const today = {
  show: query({
    name: 'today.show',
    path: '/today',
    permission: 'today.read',
    summary: 'What is late, due soon, waiting, ageing, unowned and unusual.',
    input: z.object({
      team: id.optional(),
      person: z.string().max(60).optional().meta({ description: 'Id of a person, or `me`' }),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: todayPage,
  }),
}
