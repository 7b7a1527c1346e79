import { z } from 'zod'
import {
  basedOn,
  command,
  givenDate,
  id,
  instant,
  listOf,
  page,
  plainDate,
  query,
  queryList,
  ref,
  refusals,
} from './action.ts'
import { assetRef } from './discovery.ts'

/** What can differ between the register and what is seen, the gravest first. */
export const differenceKinds = [
  'seen_though_gone',
  'wrong_holder',
  'disowned',
  'double_serial',
  'unseen',
  'never_seen',
  'unknown',
  'unprotected',
  'unencrypted',
  'os_ended',
  'program_ended',
  'contested',
] as const
export const differenceKind = z.enum(differenceKinds)
export type DifferenceKind = z.output<typeof differenceKind>

export const severities = ['low', 'normal', 'high'] as const
export const severity = z.enum(severities)
export type Severity = z.output<typeof severity>

/** What mends a difference: each is an act of the register, of custody or of discovery. */
export const remedies = ['transfer', 'mark_lost', 'found', 'register', 'ignore', 'relink', 'accept'] as const
export const remedy = z.enum(remedies)
export type Remedy = z.output<typeof remedy>

export const differenceState = z.enum(['open', 'left', 'closed'])

export const difference = z.object({
  id,
  version: z.int(),
  kind: differenceKind,
  /** The field, or the product, where there can be several of a kind. */
  detail: z.string(),
  severity,
  state: differenceState,
  asset: assetRef.nullable(),
  device: ref.nullable(),
  category: ref.nullable(),
  location: ref.nullable(),
  /** What the register says, and what the other source does: sentences. */
  register: z.string(),
  seen: z.string(),
  /** What can be done about it. */
  advice: z.string(),
  since: instant,
  openedAt: instant,
  /** The proposed one first; empty where it is mended on the device alone. */
  remedies: z.array(remedy),
  /** What the proposed remedy would do, in words. */
  proposal: z.string().nullable(),
  closed: z
    .object({ at: instant, how: z.enum(['facts', 'mended', 'off']), by: z.string().nullable(), why: z.string() })
    .nullable(),
  left: z.object({ until: plainDate.nullable(), reason: z.string(), by: z.string(), at: instant }).nullable(),
  /** Why the rule that should mend it by itself could not. */
  ruleFailed: z.string().nullable(),
  refusals,
})
export type Difference = z.output<typeof difference>

export const kindCount = z.object({ kind: differenceKind, open: z.int(), left: z.int() })
export type KindCount = z.output<typeof kindCount>

const filter = {
  state: differenceState.default('open'),
  kind: queryList(differenceKind).optional(),
  severity: severity.optional(),
  asset: id.optional(),
  device: id.optional(),
  category: id.optional(),
  location: id.optional().meta({ description: 'A location, with everything inside it' }),
}

/** How one kind is looked for, and what is done about it by itself. */
export const kindSettings = z.object({
  on: z.boolean(),
  /** Days until it counts; kinds that count at once have none. */
  days: z.int().min(0).max(3650).nullable(),
  severity,
  /** Days in which somebody must see to it; null: nobody is bound. */
  dueDays: z.int().min(0).max(365).nullable(),
  /** Done by itself; null: nothing is. */
  act: remedy.nullable(),
  /** Days for which it must have differed before something is done by itself. */
  actDays: z.int().min(0).max(3650),
})
export type KindSettings = z.output<typeof kindSettings>

/** Of one category: after how many days what is in use counts as unseen, and whether it is expected to be seen at all. */
export const categorySettings = z.object({
  category: id,
  days: z.int().min(1).max(3650).nullable(),
  expected: z.boolean(),
})

const settings = z.object({
  version: z.int(),
  /** Who sees to what must be seen to; null: whoever coordinates. */
  owner: ref.nullable(),
  kinds: z.record(differenceKind, kindSettings),
  categories: z.array(categorySettings.extend({ name: z.string() })),
})
export type ReconciliationSettings = z.output<typeof settings>

const outcome = z.object({
  mended: z.int(),
  /** Those that could not be, each with the reason. */
  refused: z.array(z.object({ id, what: z.string(), why: z.string() })),
})

export const differences = {
  list: query({
    name: 'differences.list',
    path: '/differences',
    permission: 'assets.read',
    summary: 'Where the register and what is seen differ: the gravest first, then the newest.',
    input: z.object({ ...filter, ...page }),
    output: listOf(difference),
  }),
  counts: query({
    name: 'differences.counts',
    path: '/differences/counts',
    permission: 'assets.read',
    summary: 'How many differences of each kind are open, and how many were left.',
    input: z.object({}),
    output: z.object({ items: z.array(kindCount) }),
  }),
  show: query({
    name: 'differences.show',
    path: '/differences/{id}',
    permission: 'assets.read',
    summary: 'One difference.',
    input: z.object({ id }),
    output: difference,
  }),
  mend: command({
    name: 'differences.mend',
    method: 'POST',
    path: '/differences/{id}/mend',
    permission: 'assets.work',
    summary: 'Carry out the proposed remedy, or another one that fits.',
    input: z.object({ id, version: basedOn, remedy: remedy.optional(), note: z.string().trim().max(500).default('') }),
    output: difference,
  }),
  mendMany: command({
    name: 'differences.mend-many',
    method: 'POST',
    path: '/differences/mend-many',
    permission: 'assets.work',
    summary: 'Carry out the proposed remedy of many; what cannot be mended is answered with the reason.',
    input: z.object({ ids: z.array(id).min(1).max(100), remedy: remedy.optional() }),
    output: outcome,
  }),
  undo: command({
    name: 'differences.undo',
    method: 'POST',
    path: '/differences/{id}/undo',
    permission: 'assets.work',
    summary: 'Take a remedy back where the act can be taken back.',
    input: z.object({ id }),
    output: difference,
  }),
  leave: command({
    name: 'differences.leave',
    method: 'POST',
    path: '/differences/leave',
    permission: 'assets.write',
    summary: 'Leave differences as they are, saying why: until a day, or until the facts change.',
    input: z.object({
      ids: z.array(id).min(1).max(200),
      until: givenDate.optional(),
      reason: z.string().trim().min(3).max(500),
    }),
    output: z.object({ items: z.array(difference) }),
  }),
  reopen: command({
    name: 'differences.reopen',
    method: 'POST',
    path: '/differences/{id}/reopen',
    permission: 'assets.write',
    summary: 'No longer leave a difference as it is.',
    input: z.object({ id }),
    output: difference,
  }),
}

export const reconciliationSettings = {
  show: query({
    name: 'reconciliation-settings.show',
    path: '/reconciliation/settings',
    permission: 'assets.read',
    summary: 'Which differences are looked for, and what is done about them by itself.',
    input: z.object({}),
    output: settings,
  }),
  save: command({
    name: 'reconciliation-settings.save',
    method: 'PUT',
    path: '/reconciliation/settings',
    permission: 'assets.configure',
    summary: 'Change which differences are looked for, and what is done about them by itself.',
    input: z.object({
      version: basedOn,
      owner: id.nullable().optional(),
      kinds: z.partialRecord(differenceKind, kindSettings.partial()).optional(),
      categories: z.array(categorySettings).max(200).optional(),
    }),
    output: settings,
  }),
}
