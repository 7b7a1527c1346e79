import { z } from 'zod'
import { command, givenDate, id, instant, listOf, page, query, queryBoolean, ref, refusals } from './action.ts'
import { ticketKey } from './tickets.ts'

export const score = z.int().min(1).max(5)
/** What a requester said of how they were served. 1 is bad, 5 is good. */
export const rating = z.object({
  ticket: z.object({ id, reference: z.string() }),
  score: score.nullable(),
  words: z.string(),
  by: ref.nullable(),
  at: instant.nullable(),
  /** Until then it can be given or changed. */
  until: instant.nullable(),
  refusals,
})
export type Rating = z.output<typeof rating>

/** A mark as the report shows it, beside the ticket it is about. */
export const mark = z.object({
  ticket: z.object({ id, reference: z.string(), title: z.string() }),
  queue: ref,
  score,
  words: z.string(),
  by: ref,
  /** Given, or changed last. */
  at: instant,
})
export type Mark = z.output<typeof mark>

const period = { from: givenDate, to: givenDate }

export const ratings = {
  show: query({
    name: 'ratings.show',
    path: '/tickets/{id}/rating',
    permission: 'tickets.read',
    summary: 'What the requester said of how a ticket was served.',
    input: z.object({ id: ticketKey }),
    output: rating,
  }),
  rate: command({
    name: 'ratings.rate',
    method: 'PUT',
    path: '/tickets/{id}/rating',
    permission: 'tickets.open',
    summary: 'Say how one was served: once a ticket is resolved, and changed for some days.',
    input: z.object({ id: ticketKey, score, words: z.string().trim().max(2000).default('') }),
    output: rating,
  }),
  report: query({
    name: 'ratings.report',
    path: '/reports/ratings',
    permission: 'reports.read',
    summary: 'Marks by queue over a time, of queues the reader sees.',
    input: z.object(period),
    output: z.object({
      rows: z.array(
        z.object({
          queue: ref,
          rated: z.int(),
          resolved: z.int(),
          /** Mean of the marks, one decimal; null while nobody rated. */
          mean: z.number().nullable(),
          bad: z.int(),
        }),
      ),
    }),
  }),
  marks: query({
    name: 'ratings.marks',
    path: '/reports/ratings/marks',
    permission: 'reports.read',
    summary: 'The very marks behind the report, of tickets the reader sees, the latest given first.',
    input: z.object({
      ...period,
      queue: id.optional(),
      bad: queryBoolean.optional().meta({ description: 'Bad ones alone' }),
      ...page,
    }),
    output: listOf(mark),
  }),
}
