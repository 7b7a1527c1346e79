import type { Refusal } from '../../platform/errors.ts'

/** What rests is not checked. */
export const whyNotCheckNow = (active: boolean): Refusal | null => (active ? null : { code: 'monitoring.check.rests' })

/** What a check saw, and how it is judged. */
export interface HttpSeen {
  status: number
  body: string
}

export interface Judged {
  ok: boolean
  code: string
  params: Record<string, unknown>
}

/** An address is well when it answers 2xx, and holds the text that is expected. */
export function judgeHttp(seen: HttpSeen, expectedText: string | null): Judged {
  if (seen.status < 200 || seen.status > 299)
    return { ok: false, code: 'monitoring.check.status', params: { status: seen.status } }
  return expectedText !== null && expectedText !== '' && !seen.body.includes(expectedText)
    ? { ok: false, code: 'monitoring.check.text', params: { text: expectedText } }
    : { ok: true, code: 'monitoring.check.answered', params: { status: seen.status } }
}

/** A certificate is well while it is trusted for that name and does not run out within `warnDays`. Instants in ISO. */
export function judgeCertificate(
  seen: { until: string; trusted: boolean; why: string },
  now: string,
  warnDays: number,
): Judged {
  const days = Math.floor((Date.parse(seen.until) - Date.parse(now)) / 86_400_000)
  const params = { untilAt: seen.until, days }
  if (days < 0) return { ok: false, code: 'monitoring.check.expired', params }
  if (!seen.trusted) return { ok: false, code: 'monitoring.check.not-trusted', params: { why: seen.why } }
  return days < warnDays
    ? { ok: false, code: 'monitoring.check.expires', params }
    : { ok: true, code: 'monitoring.check.valid', params }
}

/** `mail.example:993`, `[2001:db8::1]:22`; null for what is neither. */
export function hostAndPort(target: string, usualPort: number | null): { host: string; port: number } | null {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([^\s:/[\]]+))(?::(\d{1,5}))?$/i.exec(target.trim()) ?? []
  const host = bracketed ?? plain
  const number = port === undefined ? usualPort : Number(port)
  return host === undefined || number === null || number < 1 || number > 65_535 ? null : { host, port: number }
}
