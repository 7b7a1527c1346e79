import type { AlertMapping, AlertWay, ReadAlert } from '../../../contract/monitoring.ts'
import type { Refusal } from '../../platform/errors.ts'
import { asWords, fill, firstAt, valueAt } from './fields.ts'
import { presets } from './presets.ts'
import { severityOf } from './severity-words.ts'

export interface AlertsRead {
  alerts: ReadAlert[]
  /** Why parts of the message are no alerts. */
  left: Refusal[]
}

/** Most alerts that are read from one message. */
export const mostAlerts = 2000

/**
 * Reads what a monitoring system sent. A handshake, an act on an object (somebody acknowledged, a downtime began) or a message without alerts answers
 * none and says why. A Refusal: it is nothing that is understood.
 */
export function readAlerts(body: unknown, way: AlertWay, mapping: AlertMapping | null): AlertsRead | Refusal {
  if (typeof body !== 'object' || body === null) return { code: 'monitoring.no-object' }
  const opened = unwrapped(body as Record<string, unknown>, way)
  const handshake = handshakeOf(opened)
  if (handshake !== null) return { alerts: [], left: [handshake] }
  const ways = way === 'mapped' ? (mapping === null ? [] : [mapping]) : way === 'own' ? [] : presets[way]
  let why: Refusal = { code: 'monitoring.not-understood', params: { way } }
  for (const one of ways) {
    const read = readBy(opened, one)
    if (!('code' in read)) return read
    why = read
  }
  return ways.length === 1 ? why : { code: 'monitoring.not-understood', params: { way } }
}

function readBy(body: unknown, mapping: AlertMapping): AlertsRead | Refusal {
  const list = mapping.each === undefined ? (Array.isArray(body) ? body : [body]) : valueAt(body, mapping.each)
  if (!Array.isArray(list)) return { code: 'monitoring.no-list', params: { field: mapping.each ?? '' } }
  if (list.length > mostAlerts) return { code: 'monitoring.too-many', params: { n: list.length, most: mostAlerts } }
  const alerts: ReadAlert[] = []
  const left: Refusal[] = []
  let misread = 0
  for (const one of list as unknown[]) {
    const read = readOne(one, body, mapping)
    if (!('code' in read)) alerts.push(read)
    else {
      left.push(read)
      if (read.code === 'monitoring.no-title') misread += 1
    }
  }
  return list.length > 0 && misread === list.length ? { code: 'monitoring.no-title' } : { alerts, left }
}

function readOne(one: unknown, whole: unknown, mapping: AlertMapping): ReadAlert | Refusal {
  const title = fill(mapping.title, one, whole)
  if (title === null) return { code: 'monitoring.no-title' }
  const said = asWords(firstAt(one, whole, mapping.status))
  const status = said?.toLowerCase() ?? null
  if (status !== null && mapping.ignored.includes(status))
    return { code: 'monitoring.no-alert', params: { said: said! } }
  const isOver = status !== null && mapping.over.includes(status)
  // where it is known what fires, everything else is an act on the object: acknowledged, downtime began, flapping
  if (!isOver && mapping.fires !== undefined && (status === null || !mapping.fires.includes(status)))
    return { code: 'monitoring.no-alert', params: { said: said ?? '' } }
  const host = hostIn(asWords(firstAt(one, whole, mapping.host)))
  const line = title.replace(/\s+/g, ' ').slice(0, 250)
  const labels =
    mapping.labels === undefined ? undefined : (valueAt(one, mapping.labels) ?? valueAt(whole, mapping.labels))
  return {
    fingerprint:
      (mapping.fingerprint === undefined ? null : fill(mapping.fingerprint, sorted(one), sorted(whole)))?.slice(
        0,
        2000,
      ) ?? `${line}/${host ?? ''}`,
    status: isOver ? 'resolved' : 'firing',
    severity: severityOf(asWords(firstAt(one, whole, mapping.severity))),
    title: line,
    text: (mapping.text === undefined ? null : fill(mapping.text, one, whole)) ?? '',
    host,
    link: addressIn(asWords(firstAt(one, whole, mapping.link))),
    at: momentIn(firstAt(one, whole, mapping.at)),
    labels: labelsIn(labels),
  }
}

/** Lays open what is wrapped: JSON in the text of a notification of Amazon SNS, names of macros and environment variables in any writing. */
function unwrapped(body: Record<string, unknown>, way: AlertWay): Record<string, unknown> {
  if (way === 'nagios' || way === 'icinga2')
    return Object.fromEntries(
      Object.entries(body).map(([key, value]) => [
        key
          .toLowerCase()
          .replace(/^(nagios|icinga)_/, '')
          .replace(/[$_.\s-]/g, ''),
        value,
      ]),
    )
  if (body['Type'] === 'Notification' && typeof body['Message'] === 'string') {
    try {
      const inner: unknown = JSON.parse(body['Message'])
      if (typeof inner === 'object' && inner !== null) return inner as Record<string, unknown>
    } catch {
      return body
    }
  }
  return body
}

/** First messages by which a sender asks whether somebody listens, or a person's press of a button in a chat. */
function handshakeOf(body: Record<string, unknown>): Refusal | null {
  if (body['Type'] === 'SubscriptionConfirmation')
    return { code: 'monitoring.confirm', params: { address: asWords(body['SubscribeURL']) ?? '' } }
  const asked =
    body['Type'] === 'UnsubscribeConfirmation' ||
    body['type'] === 'url_verification' ||
    typeof body['challenge'] === 'string' ||
    valueAt(body, 'event.event_type') === 'pagey.ping' ||
    'callback_query' in body ||
    Object.keys(body).length === 0
  return asked ? { code: 'monitoring.handshake' } : null
}

/** Fields of an object in one order, so that the same labels are the same fingerprint. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

/** `db1.example:9100` and `http://db1.example/metrics` name the host db1.example. */
export function hostIn(words: string | null): string | null {
  if (words === null) return null
  const line = words.split('\n')[0]!.trim()
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(line) && URL.canParse(line) ? new URL(line).hostname : line
  const bare =
    /^\[([0-9a-f:]+)\](?::\d{1,5})?$/i.exec(address)?.[1] ?? /^([^:\s]+):\d{1,5}$/.exec(address)?.[1] ?? address
  return bare === '' ? null : bare.slice(0, 253)
}

const addressIn = (words: string | null): string | null =>
  words !== null && /^https?:\/\//i.test(words) && words.length <= 2000 && URL.canParse(words) ? words : null

/** ISO 8601, or seconds or milliseconds since 1970; null for anything else, and for the year 1 of Go. */
function momentIn(value: unknown): string | null {
  const digits =
    typeof value === 'number' || (typeof value === 'string' && /^\d{9,13}$/.test(value)) ? Number(value) : null
  const ms =
    digits === null ? (typeof value === 'string' ? Date.parse(value) : NaN) : digits < 1e11 ? digits * 1000 : digits
  return Number.isFinite(ms) && ms > 0 && ms < 4e12 ? new Date(ms).toISOString() : null
}

function labelsIn(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 60)
      .flatMap(([key, inner]) => {
        const words = asWords(inner)
        return words === null ? [] : [[key.slice(0, 120), words.slice(0, 500)] as const]
      }),
  )
}
