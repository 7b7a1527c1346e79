import { z } from 'zod'
import {
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
import { assetKey, assetState, holder, holderKind } from './assets.ts'

export const conditions = ['good', 'worn', 'damaged', 'incomplete'] as const
/** How a thing came back. */
export const condition = z.enum(conditions)
export type Condition = z.output<typeof condition>

export const acceptances = ['none', 'waiting', 'accepted', 'declined'] as const
/** Whether its holder accepted the terms; `none`: nothing was to be accepted. */
export const acceptance = z.enum(acceptances)

/** One asset, or so many of a counted item, in the hands of one holder, from when to when. */
export const custody = z.object({
  id,
  asset: z.object({ id, tag: z.string(), name: z.string() }).nullable(),
  stock: ref.nullable(),
  quantity: z.int(),
  holder,
  from: instant,
  by: z.string(),
  note: z.string(),
  dueBackOn: plainDate.nullable(),
  overdue: z.boolean(),
  ended: z
    .object({
      at: instant,
      by: z.string(),
      how: z.enum(['returned', 'transferred', 'released']),
      condition: condition.nullable(),
      note: z.string(),
    })
    .nullable(),
  acceptance,
  /** The terms as they were shown to the holder. */
  terms: z.string().nullable(),
  answer: z.object({ at: instant, signature: z.string().nullable(), note: z.string() }).nullable(),
  refusals,
})
export type Custody = z.output<typeof custody>

/** What whoever has a thing may know of it: nothing of what it cost, nothing of others. */
export const ownThing = z.object({
  id,
  tag: z.string(),
  name: z.string(),
  serial: z.string().nullable(),
  category: z.string(),
  /** Maker and model. */
  model: z.string().nullable(),
  state: assetState,
  /** What it is with, where the reader has that: a docking station at a laptop. */
  partOf: z.object({ tag: z.string(), name: z.string() }).nullable(),
  /** Null where nobody knows. */
  inWarranty: z.boolean().nullable(),
  /** How the reader came to have it; null where it came with something else. */
  custody: custody.nullable(),
})
export type OwnThing = z.output<typeof ownThing>

export const custodyTerms = z.object({
  id,
  /** Null: for categories without terms of their own. */
  category: ref.nullable(),
  revision: z.int(),
  body: z.string(),
  at: instant,
  by: z.string(),
})
export type CustodyTerms = z.output<typeof custodyTerms>

const given = {
  assets: z.array(assetKey).min(1).max(200).meta({ description: 'Ids or tags' }),
  to: z.object({ kind: holderKind, id }),
  dueBackOn: givenDate.optional().meta({
    description:
      'A loan: when it is expected back; unless said, what is of a loan pool is lent for the days of the pool',
  }),
  note: z.string().trim().max(1000).default(''),
}
const several = z.object({ items: z.array(custody) })

export const custodies = {
  list: query({
    name: 'custody.list',
    path: '/custody',
    permission: 'assets.read',
    summary: 'Who has or had what, newest first.',
    input: z.object({
      asset: id.optional(),
      stock: id.optional(),
      holder: id.optional(),
      open: queryBoolean.optional(),
      overdue: queryBoolean.optional().meta({ description: 'Only loans that should be back' }),
      acceptance: acceptance.optional(),
      ...page,
    }),
    output: listOf(custody),
  }),
  handOut: command({
    name: 'custody.hand-out',
    method: 'POST',
    path: '/custody',
    permission: 'assets.work',
    summary: 'Hand assets out to a person, a place or another asset: all of them or none.',
    input: z.object(given),
    output: several,
  }),
  transfer: command({
    name: 'custody.transfer',
    method: 'POST',
    path: '/custody/transfers',
    permission: 'assets.work',
    summary: 'Pass assets on from whoever has them to another: all of them or none.',
    input: z.object(given),
    output: several,
  }),
  takeBack: command({
    name: 'custody.take-back',
    method: 'POST',
    path: '/custody/returns',
    permission: 'assets.work',
    summary: 'Take assets back, saying in what condition: all of them or none.',
    input: z.object({
      assets: given.assets,
      condition: condition.default('good'),
      note: given.note,
      location: id.optional().meta({ description: 'Where they are put; needed where none is known' }),
      repair: z.boolean().default(false).meta({ description: 'To repair rather than to stock' }),
    }),
    output: several,
  }),
  issue: command({
    name: 'custody.issue',
    method: 'POST',
    path: '/custody/issues',
    permission: 'assets.work',
    summary: 'Issue so many of a counted item. Nobody is issued more than is there.',
    input: z.object({ stock: id, quantity: z.int().min(1).max(100_000), to: given.to, note: given.note }),
    output: custody,
  }),
  takeIssued: command({
    name: 'custody.take-issued',
    method: 'POST',
    path: '/custody/{id}/return',
    permission: 'assets.work',
    summary: 'Take issued accessories back; good and worn ones are in stock again.',
    input: z.object({ id, condition: condition.default('good'), note: given.note }),
    output: custody,
  }),
  mine: query({
    name: 'my-things.list',
    path: '/me/things',
    permission: 'signed-in',
    summary: 'What the reader has and had.',
    input: z.object({}),
    output: several,
  }),
  showMine: query({
    name: 'my-things.show',
    path: '/me/things/{asset}',
    permission: 'signed-in',
    summary: 'One thing the reader has, by id or tag: what it is, since when, until when, on what terms.',
    input: z.object({ asset: assetKey }),
    output: ownThing,
  }),
  answer: command({
    name: 'my-things.answer',
    method: 'POST',
    path: '/me/things/{id}/answer',
    permission: 'signed-in',
    summary: 'Accept the terms of what one was given by typing one’s name, or decline, saying why.',
    input: z.object({
      id,
      accept: z.boolean(),
      signature: line(120).optional().meta({ description: 'Needed to accept' }),
      reason: z.string().trim().max(500).default('').meta({ description: 'Needed to decline' }),
    }),
    output: custody,
  }),
  terms: query({
    name: 'custody-terms.list',
    path: '/custody-terms',
    permission: 'assets.read',
    summary: 'The terms in force, by category.',
    input: z.object({}),
    output: z.object({ items: z.array(custodyTerms) }),
  }),
  saveTerms: command({
    name: 'custody-terms.save',
    method: 'PUT',
    path: '/custody-terms',
    permission: 'assets.configure',
    summary: 'Word the terms for a category, or for all others. What was accepted before stays as it was accepted.',
    input: z.object({ category: id.nullable(), body: z.string().trim().max(20_000) }),
    output: custodyTerms,
  }),
}
