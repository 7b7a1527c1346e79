import type { Refusal } from '../platform/errors.ts'
import { cut, storableJson } from '../platform/rules/storable-text.ts'
import { type AlertsRead, readAlerts } from './rules/read-alerts.ts'
import type { StoredSource } from './sources-store.ts'

/** A body as it was sent: JSON, or the fields of a form (`curl --data-urlencode`), which need no quoting in a command of Nagios. */
function parsed(mediaType: string, text: string): unknown {
  if (mediaType === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text))
  return JSON.parse(text)
}

/** What is read from a message, by the way its source is read. */
export function readBody(
  source: Pick<StoredSource, 'way' | 'mapping'>,
  message: { media_type: string; body: Buffer },
): AlertsRead | Refusal {
  let body: unknown
  try {
    body = parsed(message.media_type, message.body.toString('utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    return { code: 'monitoring.broken-json', params: { what: cut((error as Error).message, 200) } }
  }
  // cutting a text may leave half of a sign, and a sender may send anything
  return JSON.parse(storableJson(readAlerts(body, source.way, source.mapping))) as AlertsRead | Refusal
}
