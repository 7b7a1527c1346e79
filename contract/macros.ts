import { z } from 'zod'
import {
  basedOn,
  command,
  edited,
  html,
  id,
  instant,
  line,
  listOf,
  page,
  query,
  queryBoolean,
  ref,
  refusals,
} from './action.ts'
import { ruleEffect } from './ticket-rules.ts'
import { ticketKey } from './tickets.ts'

/** What the text of a macro may name: `{{requester.firstName}}` and so on. */
export const macroNames = [
  'requester.name',
  'requester.firstName',
  'requester.email',
  'requester.phone',
  'requester.department',
  'ticket.reference',
  'ticket.subject',
  'ticket.queue',
  'ticket.category',
  'ticket.due',
  'me.name',
  'me.firstName',
  'me.email',
  'me.phone',
] as const
export type MacroName = (typeof macroNames)[number]

export const macroScopes = ['mine', 'team', 'all'] as const
const given = {
  name: line(120),
  keywords: z.string().trim().max(200).default(''),
  scope: z.enum(macroScopes).default('mine'),
  team: id.nullable().default(null),
  /** A reply to everyone on the ticket; else an internal note. */
  public: z.boolean().default(true),
  body: html.max(100_000).default(''),
  effects: z.array(ruleEffect).max(20).default([]),
}
export const macro = z.object({
  id,
  version: z.int(),
  name: z.string(),
  keywords: z.string(),
  scope: z.enum(macroScopes),
  team: ref.nullable(),
  public: z.boolean(),
  body: z.string(),
  effects: z.array(ruleEffect),
  /** What it does, in words, in the order of the effects. */
  does: z.array(z.string()),
  /** Names of the ids in its effects. */
  names: z.record(z.string(), z.string()),
  used: z.int(),
  lastUsedAt: instant.nullable(),
  refusals,
})
export type Macro = z.output<typeof macro>

/** A text filled in for a ticket; `lacks`: names for which nothing is known, in words. */
export const macroFilled = z.object({ body: z.string(), lacks: z.array(z.string()) })

export const macros = {
  list: query({
    name: 'macros.list',
    path: '/macros',
    permission: 'tickets.work',
    summary: 'Macros the reader may use, by name.',
    input: z.object({
      q: z.string().max(200).optional().meta({ description: 'Words in name or keywords' }),
      public: queryBoolean.optional(),
      ...page,
    }),
    output: listOf(macro),
  }),
  create: command({
    name: 'macros.create',
    method: 'POST',
    path: '/macros',
    permission: 'tickets.work',
    summary: 'Add a macro: for oneself, or by a coordinator for a team or everybody.',
    input: z.object(given),
    output: macro,
  }),
  edit: command({
    name: 'macros.edit',
    method: 'PATCH',
    path: '/macros/{id}',
    permission: 'tickets.work',
    summary: 'Change a macro.',
    input: edited(given).extend({ id, version: basedOn }),
    output: macro,
  }),
  remove: command({
    name: 'macros.remove',
    method: 'DELETE',
    path: '/macros/{id}',
    permission: 'tickets.work',
    summary: 'Remove a macro; what was sent with it stays.',
    input: z.object({ id }),
    output: z.object({ removed: z.boolean() }),
  }),
  fill: query({
    name: 'macros.fill',
    path: '/tickets/{ticket}/macros/{id}',
    permission: 'tickets.work',
    summary: 'A macro filled in for a ticket; nothing is sent.',
    input: z.object({ ticket: ticketKey, id }),
    output: macroFilled.extend({ macro }),
  }),
  preview: command({
    name: 'macros.preview',
    method: 'POST',
    path: '/macro-previews',
    permission: 'tickets.work',
    summary: 'A text filled in for a ticket, before it is kept as a macro.',
    stateless: true,
    input: z.object({ ticket: ticketKey, body: given.body }),
    output: macroFilled,
  }),
}
