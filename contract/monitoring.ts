import { z } from 'zod'
import {
  basedOn,
  command,
  edited,
  id,
  instant,
  line,
  listOf,
  page,
  query,
  queryBoolean,
  ref,
  refusal,
  refusals,
} from './action.ts'
import { timelineEntry } from './tickets.ts'

/** How bad it is; words of other systems are brought to these four. */
export const severities = ['critical', 'error', 'warning', 'info'] as const
export const severity = z.enum(severities)
export type Severity = z.output<typeof severity>
export const alertStatus = z.enum(['firing', 'resolved'])
export type AlertStatus = z.output<typeof alertStatus>

/** Formats that are read without a mapping; `mapped` is any JSON read by the mapping of its source. */
export const alertWays = [
  'nagios',
  'icinga2',
  'zabbix',
  'alertmanager',
  'grafana',
  'cloudwatch',
  'google-cloud',
  'pingdom',
  'pagerduty',
  'graylog',
  'librenms',
  'vrealize',
  'datadog',
  'sentry',
  'checkly',
  'wazuh',
  'mapped',
] as const
/** `own`: heartbeats and checks of Linchpin itself. */
export const alertWay = z.enum([...alertWays, 'own'])
export type AlertWay = z.output<typeof alertWay>

/** A field of a message: `labels.instance`, `incident.state`, `0` for the first of a list. Tried in the alert, then in the whole message. */
const field = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^.{}|]+(\.[^.{}|]+)*$/, 'must be the path of a field, as in labels.instance')
const fields = z.array(field).max(20)
/** Words with fields in braces, the first that is there of several: `{labels.alertname} on {labels.instance|host}`. */
const words = z.string().trim().min(1).max(500)
const sayings = z.array(z.string().trim().toLowerCase().max(80)).max(40)

/** How alerts are found in any JSON. */
export const alertMapping = z.object({
  /** The list of alerts within the message; without it the message is one alert. */
  each: field.optional(),
  title: words,
  text: words.optional(),
  /** What tells two alerts apart; without it title and host. */
  fingerprint: words.optional(),
  host: fields.default([]),
  link: fields.default([]),
  at: fields.default([]),
  severity: fields.default([]),
  /** Where it stands whether it fires. */
  status: fields.default([]),
  /** Values of the status that say that it is over; that it fires (without them: all others); and that it is no alert at all. */
  over: sayings.default(['resolved', 'ok', 'closed', 'recovery', 'up', 'inactive']),
  fires: sayings.optional(),
  ignored: sayings.default([]),
  labels: field.optional(),
})
export type AlertMapping = z.output<typeof alertMapping>
/** As it is written, without what is usual. */
export type AlertMappingWritten = z.input<typeof alertMapping>

/** One alert as it was read from a message. */
export const readAlert = z.object({
  fingerprint: z.string(),
  status: alertStatus,
  severity,
  title: z.string(),
  text: z.string(),
  host: z.string().nullable(),
  link: z.string().nullable(),
  /** When the source says that it began or ended; null where it does not say. */
  at: instant.nullable(),
  labels: z.record(z.string(), z.string()),
})
export type ReadAlert = z.output<typeof readAlert>

const policy = {
  queue: id,
  opensFrom: z.enum([...severities, 'never']).default('warning'),
  oneTicketFor: z.enum(['alert', 'device']).default('alert'),
  holdSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .default(0)
    .meta({ description: 'An alert must last so long before its ticket is opened' }),
  quietSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .default(0)
    .meta({ description: 'It must be over so long before its ticket is resolved' }),
  flapChanges: z.int().min(2).max(100).default(6),
  flapSeconds: z.int().min(60).max(86_400).default(1800),
  resolves: z.boolean().default(true).meta({ description: 'Resolve the ticket when the alert is over' }),
}
const slug = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be small letters, figures and hyphens')

export const alertSource = z.object({
  id,
  version: z.int(),
  slug: z.string(),
  name: z.string(),
  way: alertWay,
  mapping: alertMapping.nullable(),
  ...policy,
  queue: ref,
  active: z.boolean(),
  keyPrefix: z.string().nullable(),
  firing: z.int(),
  lastReceivedAt: instant.nullable(),
  /** Messages of the last week that could not be read. */
  failed: z.int(),
  refusals,
})
export type AlertSource = z.output<typeof alertSource>

const givenSource = {
  name: line(120),
  way: z.enum(alertWays),
  mapping: alertMapping.nullable().default(null),
  ...policy,
}

export const alertDelivery = z.object({
  id,
  receivedAt: instant,
  state: z.enum(['received', 'taken', 'left', 'failed']),
  alerts: z.int(),
  reasons: z.array(z.string()),
  bytes: z.int(),
})
export type AlertDelivery = z.output<typeof alertDelivery>

export const alertRow = z.object({
  id,
  title: z.string(),
  status: alertStatus,
  severity,
  flapping: z.boolean(),
  source: ref,
  host: z.string().nullable(),
  asset: z.object({ id, tag: z.string(), name: z.string() }).nullable(),
  ticket: z.object({ id, reference: z.string(), open: z.boolean() }).nullable(),
  times: z.int(),
  firstAt: instant,
  lastAt: instant,
  statusSince: instant,
})
export type AlertRow = z.output<typeof alertRow>

export const alert = alertRow.extend({
  text: z.string(),
  link: z.string().nullable(),
  fingerprint: z.string(),
  labels: z.record(z.string(), z.string()),
  changes: z.array(instant),
  /** When its ticket is opened or resolved, if nothing changes until then. */
  actAt: instant.nullable(),
  refusals,
})
export type Alert = z.output<typeof alert>

/** What all has that is watched. */
export const watched = {
  name: line(120),
  severity,
  asset: z.string().max(80).nullable().default(null),
  active: z.boolean().default(true),
}
export const edits = <S extends z.ZodRawShape>(shape: S) => edited(shape).extend({ id, version: basedOn })
const byId = z.object({ id })
export const secretOf = <T extends z.ZodType>(record: T) =>
  z.object({ record, secret: z.string().meta({ description: 'Shown once' }) })

export const alerts = {
  list: query({
    name: 'alerts.list',
    path: '/alerts',
    permission: 'monitoring.read',
    summary: 'What monitoring saw, newest first.',
    input: z.object({
      status: alertStatus.optional(),
      severity: severity.optional(),
      source: id.optional(),
      asset: id.optional(),
      /** The ticket it opened. */
      ticket: id.optional(),
      unlinked: queryBoolean.optional(),
      q: z.string().trim().max(200).optional(),
      ...page,
    }),
    output: listOf(alertRow),
  }),
  show: query({
    name: 'alerts.show',
    path: '/alerts/{id}',
    permission: 'monitoring.read',
    summary: 'One alert.',
    input: byId,
    output: alert,
  }),
  history: query({
    name: 'alerts.history',
    path: '/alerts/{id}/history',
    permission: 'monitoring.read',
    summary: 'What happened to an alert, newest first.',
    input: z.object({ id, ...page }),
    output: listOf(timelineEntry),
  }),
  linkHost: command({
    name: 'alerts.link-host',
    method: 'PUT',
    path: '/alerts/{id}/device',
    permission: 'monitoring.manage',
    summary: 'Say which device the name in an alert means; remembered for all alerts of that name.',
    input: z.object({ id, asset: z.string().min(1).max(80) }),
    output: alert,
  }),
}

export const alertSources = {
  list: query({
    name: 'alert-sources.list',
    path: '/alert-sources',
    permission: 'monitoring.read',
    summary: 'Where alerts come from.',
    input: z.object({ ...page }),
    output: listOf(alertSource),
  }),
  show: query({
    name: 'alert-sources.show',
    path: '/alert-sources/{id}',
    permission: 'monitoring.read',
    summary: 'One source of alerts.',
    input: byId,
    output: alertSource,
  }),
  create: command({
    name: 'alert-sources.create',
    method: 'POST',
    path: '/alert-sources',
    permission: 'monitoring.manage',
    summary: 'Take alerts from one more source; answers its key, once.',
    input: z.object({ slug, ...givenSource }),
    output: secretOf(alertSource),
    answersSecret: true,
  }),
  edit: command({
    name: 'alert-sources.edit',
    method: 'PATCH',
    path: '/alert-sources/{id}',
    permission: 'monitoring.manage',
    summary: 'Change a source of alerts, or rest it.',
    input: edits({ ...givenSource, active: z.boolean() }),
    output: alertSource,
  }),
  newKey: command({
    name: 'alert-sources.new-key',
    method: 'POST',
    path: '/alert-sources/{id}/key',
    permission: 'monitoring.manage',
    summary: 'Make a new key for a source; the one before is void at once.',
    input: byId,
    output: secretOf(alertSource),
    answersSecret: true,
  }),
  deliveries: query({
    name: 'alert-sources.deliveries',
    path: '/alert-sources/{id}/deliveries',
    permission: 'monitoring.manage',
    summary: 'Messages of a source as they came, newest first.',
    input: z.object({ id, state: alertDelivery.shape.state.optional(), ...page }),
    output: listOf(alertDelivery),
  }),
  delivery: query({
    name: 'alert-sources.delivery',
    path: '/alert-deliveries/{id}',
    permission: 'monitoring.manage',
    summary: 'One message as it came, and what is read from it.',
    input: byId,
    output: alertDelivery.extend({ body: z.string(), read: z.array(readAlert) }),
  }),
  again: command({
    name: 'alert-sources.again',
    method: 'POST',
    path: '/alert-deliveries/{id}/again',
    permission: 'monitoring.manage',
    summary: 'Read a message again that could not be read.',
    input: byId,
    output: alertDelivery,
  }),
  explain: command({
    name: 'alert-sources.explain',
    method: 'POST',
    path: '/alert-explanations',
    permission: 'monitoring.manage',
    summary: 'What would be read from a message; nothing is stored.',
    stateless: true,
    input: z.object({
      way: z.enum(alertWays),
      mapping: alertMapping.nullable().default(null),
      body: z.string().max(200_000),
    }),
    output: z.object({ alerts: z.array(readAlert), left: z.array(refusal) }),
  }),
}
