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
import { assetClass } from './asset-models.ts'
import { assetKey, assetState, holder } from './assets.ts'
import { dueGiven, ownerGiven } from './commitments.ts'
import { condition } from './custody.ts'
import { timelineEntry } from './tickets.ts'

export const auditStates = ['planned', 'running', 'review', 'closed', 'cancelled'] as const
export const auditState = z.enum(auditStates)
export type AuditState = z.output<typeof auditState>

/** Found as recorded; known but not expected there; expected and not found; known to nobody; left out, shown and not counted. */
export const buckets = ['found', 'elsewhere', 'missing', 'new', 'excluded'] as const
export const bucket = z.enum(buckets)
export type Bucket = z.output<typeof bucket>

/** How a row of an audit is settled. */
export const remedies = ['confirm', 'place', 'take_back', 'give', 'lost', 'follow_up', 'register', 'leave'] as const
export const remedy = z.enum(remedies)
export type Remedy = z.output<typeof remedy>

export const scopeKinds = ['everything', 'location', 'person', 'category'] as const
export const scopeKind = z.enum(scopeKinds)

/** Null where the reader may not know: an audit that is blind to them. */
const hidden = z.int().nullable()
export const audit = z.object({
  id,
  reference: z.string(),
  version: z.int(),
  name: z.string(),
  note: z.string(),
  owner: ref,
  scope: z.object({ kind: scopeKind, id: id.nullable(), name: z.string() }),
  classes: z.array(assetClass),
  blind: z.boolean(),
  /** Whether it is blind to the reader at the moment. */
  hidden: z.boolean(),
  plannedOn: plainDate,
  dueOn: plainDate,
  intervalMonths: z.int().nullable(),
  state: auditState,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  counts: z.object({
    expected: hidden,
    found: hidden,
    elsewhere: hidden,
    missing: hidden,
    new: hidden,
    excluded: hidden,
    unsettled: hidden,
  }),
  scans: z.int(),
  lateScans: z.int(),
  refusals,
})
export type Audit = z.output<typeof audit>

export const auditScan = z.object({
  id,
  code: z.string(),
  location: ref.nullable(),
  scannedAt: instant,
  arrivedAt: instant,
  late: z.boolean(),
  by: z.string(),
  condition: condition.nullable(),
  note: z.string(),
  photo: id.nullable(),
  /** Null for a code that nobody knows, and while the audit is blind to the reader. */
  asset: z.object({ id, tag: z.string(), name: z.string() }).nullable(),
})
export type AuditScan = z.output<typeof auditScan>

export const auditRow = z.object({
  id,
  label: z.string(),
  bucket,
  /** Why it is left out. */
  because: z.enum(['class', 'state', 'moved', 'handed_out']).nullable(),
  expected: z.boolean(),
  asset: z.object({ id, tag: z.string(), name: z.string(), category: z.string() }).nullable(),
  /** What the register said at the moment that counts. */
  recorded: z.object({ state: assetState.nullable(), location: ref.nullable(), holder: holder.nullable() }),
  /** The scan that decides. */
  scan: auditScan.omit({ asset: true }).nullable(),
  scans: z.int(),
  lateScans: z.int(),
  /** What others did with it between start and end of scanning. */
  meanwhile: z.array(z.object({ at: instant, by: z.string(), what: z.string() })),
  remedy: remedy.nullable(),
  reason: z.string(),
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
  commitment: z.string().nullable(),
  refusals,
})
export type AuditRow = z.output<typeof auditRow>

const given = {
  name: line(120),
  note: z.string().trim().max(2000),
  owner: id,
  plannedOn: givenDate,
  dueOn: givenDate,
  blind: z.boolean(),
  classes: z.array(assetClass).min(1),
  intervalMonths: z.int().min(1).max(120).nullable(),
}
const scopeGiven = z.object({ kind: scopeKind, id: id.optional() })
const changing = { id, version: basedOn }

export const scanGiven = z.object({
  id: z.uuid().meta({ description: 'Made by the scanner: what is sent twice is there once' }),
  code: z
    .string()
    .trim()
    .min(1)
    .max(300)
    .refine((text) => !/\p{Cc}/u.test(text), 'must be one line without control characters')
    .meta({ description: 'Tag, serial number or what a label holds, as it was read' }),
  scannedAt: instant.meta({ description: 'By the scanner’s clock' }),
  location: id.nullable().default(null),
  condition: condition.nullable().default(null),
  note: z.string().trim().max(500).default(''),
  photo: id.nullable().default(null).meta({ description: 'A file that was uploaded' }),
})
export type ScanGiven = z.input<typeof scanGiven>

/** What an audit found and missed, of the whole or of one place, and how true the register so was (server/asset-audits/rules/accuracy.ts). */
const accuracy = z.object({
  found: z.int(),
  missing: z.int(),
  elsewhere: z.int(),
  new: z.int(),
  /** Between 0 and 1; null where nothing was looked at. */
  share: z.number().nullable(),
})

export const assetAudits = {
  list: query({
    name: 'asset-audits.list',
    path: '/asset-audits',
    permission: 'assets.read',
    summary: 'Audits of the register, latest planned first.',
    input: z.object({ open: queryBoolean.optional(), q: z.string().max(200).optional(), ...page }),
    output: listOf(audit),
  }),
  show: query({
    name: 'asset-audits.show',
    path: '/asset-audits/{id}',
    permission: 'assets.read',
    summary: 'One audit. What is expected is left out while it is blind to the reader.',
    input: z.object({ id }),
    output: audit,
  }),
  rows: query({
    name: 'asset-audits.rows',
    path: '/asset-audits/{id}/rows',
    permission: 'assets.read',
    summary: 'What an audit found and missed, by bucket; refused while it is blind to the reader.',
    input: z.object({ id, bucket: bucket.optional(), settled: queryBoolean.optional(), ...page }),
    output: listOf(auditRow),
  }),
  scans: query({
    name: 'asset-audits.scans',
    path: '/asset-audits/{id}/scans',
    permission: 'assets.read',
    summary: 'What was scanned, latest first.',
    input: z.object({ id, late: queryBoolean.optional(), ...page }),
    output: listOf(auditScan),
  }),
  history: query({
    name: 'asset-audits.history',
    path: '/asset-audits/{id}/history',
    permission: 'assets.read',
    summary: 'Everything that happened to an audit, newest first.',
    input: z.object({ id, ...page }),
    output: listOf(timelineEntry),
  }),
  ofAsset: query({
    name: 'asset-audits.of-asset',
    path: '/assets/{id}/audits',
    permission: 'assets.read',
    summary: 'The closed audits that found or missed an asset, latest first.',
    input: z.object({ id: assetKey, ...page }),
    output: listOf(
      z.object({
        audit: z.object({ id, reference: z.string(), name: z.string() }),
        closedAt: instant,
        bucket,
        scannedAt: instant.nullable(),
        by: z.string().nullable(),
        location: ref.nullable(),
        condition: condition.nullable(),
        note: z.string(),
      }),
    ),
  }),
  accuracy: query({
    name: 'asset-audits.accuracy',
    path: '/register-accuracy',
    permission: 'assets.read',
    summary: 'How true the register was found to be: by month of closing and by place.',
    input: z.object({
      from: plainDate.optional(),
      to: plainDate.optional(),
      location: id.optional().meta({ description: 'A place, with everything inside it' }),
    }),
    output: z.object({
      months: z.array(
        accuracy.extend({
          /** `2026-05` */
          month: z.string(),
          kind: z.enum(['audit', 'attestation']),
          closed: z.int(),
        }),
      ),
      places: z.array(accuracy.extend({ location: ref.nullable() })),
    }),
  }),
  plan: command({
    name: 'asset-audits.plan',
    method: 'POST',
    path: '/asset-audits',
    permission: 'assets.write',
    summary: 'Plan an audit of a place with everything inside it, of a person, of a category or of everything.',
    input: z.object({
      name: given.name,
      note: given.note.default(''),
      owner: given.owner.optional().meta({ description: 'Whoever plans it, unless named' }),
      scope: scopeGiven,
      plannedOn: given.plannedOn,
      dueOn: given.dueOn,
      blind: given.blind.default(false),
      classes: given.classes.default(['device', 'component']),
      intervalMonths: given.intervalMonths.default(null),
    }),
    output: audit,
  }),
  edit: command({
    name: 'asset-audits.edit',
    method: 'PATCH',
    path: '/asset-audits/{id}',
    permission: 'assets.write',
    summary: 'Change an audit. What it covers stays once it has begun.',
    input: z
      .object({ ...given, scope: scopeGiven })
      .partial()
      .extend(changing),
    output: audit,
  }),
  start: command({
    name: 'asset-audits.start',
    method: 'POST',
    path: '/asset-audits/{id}/start',
    permission: 'assets.write',
    summary: 'Begin: what is expected is frozen as the register says now.',
    input: z.object(changing),
    output: audit,
  }),
  scan: command({
    name: 'asset-audits.scan',
    method: 'POST',
    path: '/asset-audits/{id}/scans',
    permission: 'assets.work',
    summary: 'Take scans down. The same scan sent again changes nothing; one that comes late is kept as late.',
    input: z.object({ id, scans: z.array(scanGiven).min(1).max(500) }),
    output: z.object({
      taken: z.int(),
      repeated: z.int(),
      late: z.int(),
      items: z.array(
        z.object({
          id,
          /** `taken` alone while the audit is blind to the scanner. */
          result: z.enum(['taken', ...buckets]),
          asset: z.object({ id, tag: z.string(), name: z.string() }).nullable(),
        }),
      ),
    }),
  }),
  endScanning: command({
    name: 'asset-audits.end-scanning',
    method: 'POST',
    path: '/asset-audits/{id}/review',
    permission: 'assets.write',
    summary: 'End scanning: what was not found is missing from here on, and every row is to be settled.',
    input: z.object(changing),
    output: audit,
  }),
  settle: command({
    name: 'asset-audits.settle',
    method: 'POST',
    path: '/asset-audits/{id}/remedies',
    permission: 'assets.write',
    summary: 'Settle rows, all of them in the same way or none: what is on record follows what was found.',
    input: z.object({
      id,
      rows: z.array(id).min(1).max(200),
      remedy,
      reason: z
        .string()
        .trim()
        .max(500)
        .default('')
        .meta({ description: 'Needed to call something lost, and to leave it' }),
      followUp: z
        .object({ title: line(200).optional(), owner: ownerGiven, due: dueGiven })
        .optional()
        .meta({ description: 'With `follow_up`: one commitment for all of the rows' }),
      register: z
        .object({
          category: id.optional(),
          model: id.optional().meta({ description: 'Without one: “Unknown model” of the category' }),
          codeIs: z.enum(['tag', 'serial']).default('tag'),
        })
        .optional()
        .meta({ description: 'With `register`' }),
      condition: condition.default('good').meta({ description: 'With `take_back`' }),
    }),
    output: z.object({ audit, rows: z.array(auditRow) }),
  }),
  confirmFound: command({
    name: 'asset-audits.confirm-found',
    method: 'POST',
    path: '/asset-audits/{id}/confirmation',
    permission: 'assets.write',
    summary: 'Confirm everything that was found as recorded.',
    input: z.object({ id }),
    output: audit,
  }),
  leaveRest: command({
    name: 'asset-audits.leave-rest',
    method: 'POST',
    path: '/asset-audits/{id}/rest',
    permission: 'assets.write',
    summary: 'Leave every row that is not settled as it is, saying why.',
    input: z.object({ id, reason: z.string().trim().min(3).max(500) }),
    output: audit,
  }),
  reopen: command({
    name: 'asset-audits.reopen',
    method: 'POST',
    path: '/asset-audits/{id}/reopened',
    permission: 'assets.write',
    summary: 'Take back how rows were settled, where what it changed can be put back.',
    input: z.object({ id, rows: z.array(id).min(1).max(200) }),
    output: z.object({ audit, rows: z.array(auditRow) }),
  }),
  close: command({
    name: 'asset-audits.close',
    method: 'POST',
    path: '/asset-audits/{id}/closing',
    permission: 'assets.write',
    summary: 'Close: what was found has been audited, and is audited again in its time.',
    input: z.object(changing),
    output: audit,
  }),
  cancel: command({
    name: 'asset-audits.cancel',
    method: 'POST',
    path: '/asset-audits/{id}/cancellation',
    permission: 'assets.write',
    summary: 'Give an audit up, saying why. What was scanned stays.',
    input: z.object({ ...changing, reason: z.string().trim().min(3).max(500) }),
    output: audit,
  }),
}
