import { z } from 'zod'
import { basedOn, command, edited, email, id, instant, line, listOf, page, query, ref, refusals } from './action.ts'
import { ticketKey } from './tickets.ts'

const words = z.string().trim().min(3).max(4000)
const audience = {
  /** Everybody of the organisation sees it on the first page of the portal; nobody is mailed because of it. */
  everyone: z.boolean().default(true),
  teams: z.array(id).max(50).default([]),
  persons: z.array(id).max(200).default([]),
  /** Stakeholders who are not known here. */
  addresses: z.array(email).max(100).default([]),
}
const given = {
  headline: line(200),
  /** Which services, sites and people are hit, in words. */
  affected: z.string().trim().max(1000).default(''),
  updateMinutes: z.int().min(5).max(1440).default(30),
  commander: id,
  communications: id,
  technical: id.nullable().default(null),
  ...audience,
}

/** What was told to stakeholders: when it began, each update, and the end. */
export const incidentUpdate = z.object({
  id,
  kind: z.enum(['declared', 'update', 'ended']),
  words: z.string(),
  at: instant,
  by: z.string(),
})
export const incidentState = z.enum(['live', 'ended'])

/** A major incident as its stakeholders see it. */
export const publicIncident = z.object({
  id,
  headline: z.string(),
  affected: z.string(),
  state: incidentState,
  declaredAt: instant,
  endedAt: instant.nullable(),
  nextUpdateAt: instant.nullable(),
  latest: incidentUpdate.nullable(),
  /** Null where the reader does not see it. */
  ticket: z.object({ id, reference: z.string() }).nullable(),
})
export type PublicIncident = z.output<typeof publicIncident>

/** A major incident (ITIL 4, incident management): a ticket with people in roles, promised updates and a report. */
export const majorIncident = publicIncident.extend({
  version: z.int(),
  ticket: z.object({ id, reference: z.string() }),
  updateMinutes: z.int(),
  commander: ref,
  communications: ref,
  technical: ref.nullable(),
  everyone: z.boolean(),
  teams: z.array(ref),
  persons: z.array(ref),
  addresses: z.array(z.string()),
  declaredBy: z.string(),
  endedBy: z.string().nullable(),
  updates: z.array(incidentUpdate.extend({ promisedFor: instant.nullable(), kept: z.boolean().nullable() })),
  /** What is told of it afterwards: composed when it ends, then edited; empty while it is live. */
  report: z.string(),
  reportSentAt: instant.nullable(),
  refusals,
})
export type MajorIncident = z.output<typeof majorIncident>

const changing = { id, version: basedOn }

export const majorIncidents = {
  live: query({
    name: 'major-incidents.live',
    path: '/major-incidents/live',
    permission: 'signed-in',
    summary: 'Major incidents that go on now, of which the reader is told.',
    input: z.object({}),
    output: z.object({ items: z.array(publicIncident) }),
  }),
  read: query({
    name: 'major-incidents.read',
    path: '/major-incidents/{id}/news',
    permission: 'signed-in',
    summary: 'What stakeholders are told of a major incident; its report once that was sent.',
    input: z.object({ id }),
    output: publicIncident.extend({ updates: z.array(incidentUpdate), report: z.string() }),
  }),
  list: query({
    name: 'major-incidents.list',
    path: '/major-incidents',
    permission: 'reports.read',
    summary: 'Major incidents of tickets the reader sees, newest first.',
    input: z.object({ state: incidentState.optional(), ...page }),
    output: listOf(
      publicIncident.extend({ ticket: z.object({ id, reference: z.string() }), updates: z.int(), missed: z.int() }),
    ),
  }),
  of: query({
    name: 'major-incidents.of',
    path: '/tickets/{id}/major-incidents',
    permission: 'reports.read',
    summary: 'Major incidents of a ticket, the newest first.',
    input: z.object({ id: ticketKey }),
    output: z.object({ items: z.array(majorIncident), refusals }),
  }),
  declare: command({
    name: 'major-incidents.declare',
    method: 'POST',
    path: '/tickets/{id}/major-incidents',
    permission: 'tickets.work',
    summary: 'Declare a ticket a major incident: names its people and tells its stakeholders at once.',
    input: z.object({ id: ticketKey, ...given, words }),
    output: majorIncident,
  }),
  edit: command({
    name: 'major-incidents.edit',
    method: 'PATCH',
    path: '/major-incidents/{id}',
    permission: 'tickets.work',
    summary: 'Change its people, whom it is told, and how often.',
    input: edited(given).extend(changing),
    output: majorIncident,
  }),
  update: command({
    name: 'major-incidents.update',
    method: 'POST',
    path: '/major-incidents/{id}/updates',
    permission: 'tickets.work',
    summary: 'Tell the stakeholders how it stands. Keeps the promise of this update and makes that of the next.',
    input: z.object({ ...changing, words }),
    output: majorIncident,
  }),
  end: command({
    name: 'major-incidents.end',
    method: 'POST',
    path: '/major-incidents/{id}/end',
    permission: 'tickets.work',
    summary: 'Say that it is over. The report is composed of what was done.',
    input: z.object({ ...changing, words }),
    output: majorIncident,
  }),
  saveReport: command({
    name: 'major-incidents.report',
    method: 'PUT',
    path: '/major-incidents/{id}/report',
    permission: 'tickets.work',
    summary: 'Edit the report, and send it to the stakeholders.',
    input: z.object({ ...changing, report: z.string().trim().min(3).max(20_000), send: z.boolean().default(false) }),
    output: majorIncident,
  }),
}
