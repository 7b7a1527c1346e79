import { z } from 'zod'
import {
  basedOn,
  command,
  givenDate,
  id,
  instant,
  line,
  listOf,
  page,
  plainDate,
  query,
  queryBoolean,
  ref,
  refusals,
} from './action.ts'
import { assetKey } from './assets.ts'
import { condition } from './custody.ts'
import { timelineEntry } from './tickets.ts'

export const askedKinds = ['all', 'location', 'department', 'team', 'people'] as const
/** How a difference is settled: it is still theirs; taken back; lost; with somebody else; given to them; left as it is. */
export const differenceRemedies = ['keep', 'take_back', 'lost', 'transfer', 'give', 'leave'] as const
export const differenceRemedy = z.enum(differenceRemedies)
export type DifferenceRemedy = z.output<typeof differenceRemedy>

/** A campaign that asks people whether what they have is still theirs. */
export const attestation = z.object({
  id,
  reference: z.string(),
  version: z.int(),
  name: z.string(),
  note: z.string(),
  owner: ref,
  asked: z.object({ kind: z.enum(askedKinds), words: z.string() }),
  dueOn: plainDate,
  state: z.enum(['running', 'closed', 'cancelled']),
  createdAt: instant,
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  counts: z.object({
    people: z.int(),
    done: z.int(),
    items: z.int(),
    mine: z.int(),
    notMine: z.int(),
    gaps: z.int(),
    unsettled: z.int(),
  }),
  refusals,
})
export type Attestation = z.output<typeof attestation>

/** How far one person is. */
export const askedPerson = z.object({
  id,
  person: ref,
  items: z.int(),
  answered: z.int(),
  unsettled: z.int(),
  doneAt: instant.nullable(),
  doneBy: z.string().nullable(),
  forThem: z.boolean(),
})
export type AskedPerson = z.output<typeof askedPerson>

/** One thing that is asked about, or something that a person misses in the list. */
export const attestedItem = z.object({
  id,
  person: ref,
  asset: z.object({ id, tag: z.string(), name: z.string() }).nullable(),
  /** By the register the person still has it. */
  held: z.boolean(),
  answer: z.enum(['mine', 'not_mine', 'gap']).nullable(),
  note: z.string(),
  answeredAt: instant.nullable(),
  answeredBy: z.string().nullable(),
  forThem: z.boolean(),
  remedy: differenceRemedy.nullable(),
  reason: z.string(),
  settledBy: z.string().nullable(),
  refusals,
})
export type AttestedItem = z.output<typeof attestedItem>

/** What one is asked: the things, and what was said so far. */
export const ask = z.object({
  id,
  person: ref,
  campaign: z.object({ id, reference: z.string(), name: z.string(), note: z.string(), dueOn: plainDate }),
  items: z.array(attestedItem),
  doneAt: instant.nullable(),
  refusals,
})
export type Ask = z.output<typeof ask>

const answers = {
  answers: z
    .array(
      z.object({
        item: id,
        answer: z.enum(['mine', 'not_mine']),
        note: z.string().trim().max(500).default('').meta({ description: 'Where it went; needed for `not_mine`' }),
      }),
    )
    .max(500)
    .default([]),
  gaps: z
    .array(
      z.object({
        id: z.uuid().meta({ description: 'Made by whoever answers: what is sent twice is there once' }),
        note: z.string().trim().min(3).max(500),
      }),
    )
    .max(50)
    .default([])
    .meta({ description: 'What is missing in the list' }),
  done: z.boolean().default(false).meta({ description: 'This is all: every thing has an answer' }),
}

export const attestations = {
  list: query({
    name: 'attestations.list',
    path: '/attestations',
    permission: 'assets.read',
    summary: 'Campaigns, newest first.',
    input: z.object({ open: queryBoolean.optional(), ...page }),
    output: listOf(attestation),
  }),
  show: query({
    name: 'attestations.show',
    path: '/attestations/{id}',
    permission: 'assets.read',
    summary: 'One campaign.',
    input: z.object({ id }),
    output: attestation,
  }),
  people: query({
    name: 'attestations.people',
    path: '/attestations/{id}/people',
    permission: 'assets.read',
    summary: 'How far each person is, by name.',
    input: z.object({ id, done: queryBoolean.optional(), ...page }),
    output: listOf(askedPerson),
  }),
  differences: query({
    name: 'attestations.differences',
    path: '/attestations/{id}/differences',
    permission: 'assets.read',
    summary: 'What people say they do not have, and what they miss in the list.',
    input: z.object({ id, settled: queryBoolean.optional(), ...page }),
    output: listOf(attestedItem),
  }),
  ask: query({
    name: 'attestations.ask',
    path: '/attestations/{id}/people/{person}',
    permission: 'assets.read',
    summary: 'What one person is asked and said.',
    input: z.object({ id, person: id }),
    output: ask,
  }),
  history: query({
    name: 'attestations.history',
    path: '/attestations/{id}/history',
    permission: 'assets.read',
    summary: 'Everything that happened to a campaign, newest first.',
    input: z.object({ id, ...page }),
    output: listOf(timelineEntry),
  }),
  start: command({
    name: 'attestations.start',
    method: 'POST',
    path: '/attestations',
    permission: 'assets.write',
    summary: 'Ask people whether what they have is still theirs; each is told once.',
    input: z.object({
      name: line(120),
      note: z.string().trim().max(2000).default(''),
      owner: id.optional().meta({ description: 'Whoever starts it, unless named' }),
      dueOn: givenDate,
      who: z
        .object({
          kind: z.enum(askedKinds),
          id: id.optional().meta({ description: 'The location (whoever has something there), or the team' }),
          department: line(200).optional(),
          people: z.array(id).min(1).max(500).optional(),
        })
        .default({ kind: 'all' }),
    }),
    output: attestation,
  }),
  move: command({
    name: 'attestations.move',
    method: 'PUT',
    path: '/attestations/{id}/due',
    permission: 'assets.write',
    summary: 'Give people more time, or less.',
    input: z.object({ id, dueOn: givenDate, version: basedOn }),
    output: attestation,
  }),
  answerFor: command({
    name: 'attestations.answer-for',
    method: 'POST',
    path: '/attestations/{id}/people/{person}/answers',
    permission: 'assets.write',
    summary: 'Answer for somebody else; recorded as such.',
    input: z.object({ id, person: id, ...answers }),
    output: ask,
  }),
  settle: command({
    name: 'attestations.settle',
    method: 'POST',
    path: '/attestations/{id}/remedies',
    permission: 'assets.write',
    summary: 'Settle differences, all of them in the same way or none.',
    input: z.object({
      id,
      items: z.array(id).min(1).max(200),
      remedy: differenceRemedy,
      reason: z.string().trim().max(500).default(''),
      to: id.optional().meta({ description: 'With `transfer`: who has it' }),
      location: id.optional().meta({ description: 'With `take_back`: where it is put' }),
      condition: condition.default('good'),
      asset: assetKey.optional().meta({ description: 'With `give`: what the person has, by id or tag' }),
    }),
    output: z.object({ attestation, items: z.array(attestedItem) }),
  }),
  close: command({
    name: 'attestations.close',
    method: 'POST',
    path: '/attestations/{id}/closing',
    permission: 'assets.write',
    summary: 'Close: how true the register was by what people said is kept.',
    input: z.object({ id, version: basedOn }),
    output: attestation,
  }),
  cancel: command({
    name: 'attestations.cancel',
    method: 'POST',
    path: '/attestations/{id}/cancellation',
    permission: 'assets.write',
    summary: 'Give a campaign up, saying why.',
    input: z.object({ id, version: basedOn, reason: z.string().trim().min(3).max(500) }),
    output: attestation,
  }),
  mine: query({
    name: 'my-attestations.list',
    path: '/me/attestations',
    permission: 'signed-in',
    summary: 'What the reader is asked about what they have.',
    input: z.object({}),
    output: z.object({ items: z.array(ask) }),
  }),
  answer: command({
    name: 'my-attestations.answer',
    method: 'POST',
    path: '/me/attestations/{id}/answers',
    permission: 'signed-in',
    summary: 'Say what one still has, where the rest went, and what is missing in the list.',
    input: z.object({ id, ...answers }),
    output: ask,
  }),
}
