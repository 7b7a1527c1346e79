import type { Refusal } from '../../platform/errors.ts'

/** What an answer to a message means. `gone`: the address will never work again; `later`: try again after so many seconds. */
export type ChatOutcome =
  | { what: 'ok' }
  | { what: 'refused'; why: Refusal }
  | { what: 'gone'; why: Refusal }
  | { what: 'later'; why: Refusal; afterSeconds: number }

const pauses = [30, 120, 600, 1800, 3600]
/** News in a chat is old after a day. Seconds. */
export const longestTrying = 86_400

const pauseAfter = (attempts: number): number => pauses[Math.min(attempts, pauses.length) - 1]!

/** RFC 9110, 15.5 and 15.6; Slack and Teams answer 404 or 410 for a webhook that was removed, 429 with Retry-After when it is too much. */
export function judgeAnswer(status: number, retryAfter: string | undefined, attempts: number): ChatOutcome {
  if (status >= 200 && status < 300) return { what: 'ok' }
  const why = { code: 'outgoing.refused', params: { status } }
  if (status === 404 || status === 410) return { what: 'gone', why: { code: 'chat.gone', params: { status } } }
  if (status === 429 || status >= 500) {
    const asked = Number(retryAfter)
    return {
      what: 'later',
      why,
      afterSeconds: Number.isFinite(asked) && asked > 0 ? Math.min(asked, 3600) : pauseAfter(attempts),
    }
  }
  return { what: 'refused', why }
}

export const afterNoAnswer = (why: Refusal, attempts: number): ChatOutcome => ({
  what: 'later',
  why,
  afterSeconds: pauseAfter(attempts),
})
