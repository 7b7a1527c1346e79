import type { Refusal } from '../../platform/errors.ts'

/** What a mail library reports of an attempt that failed. */
export interface FailedAttempt {
  /** ECONNREFUSED, ETIMEDOUT, EAUTH, EENVELOPE, EMESSAGE, ... */
  code: string | undefined
  /** The reply of the server (RFC 5321), where there was one. */
  responseCode: number | undefined
  response: string | undefined
  /** During which command: CONN, EHLO, AUTH PLAIN, MAIL FROM, RCPT TO, DATA. */
  command: string | undefined
}

export interface FailureJudged {
  /**
   * `server`: nothing can be sent at the moment, it is no fault of this mail. `later`: this mail was put off (4xx). `address`: the address
   * does not take mail. `message`: this mail was refused for what it is.
   */
  what: 'server' | 'later' | 'address' | 'message'
  why: Refusal
  /** Enhanced status code (RFC 3463) where the server gave one. */
  status: string | null
}

/** The class, subject and detail of RFC 3463 in a reply: `550 5.1.1 no such user`. */
export const enhancedStatus = (response: string | undefined): string | null =>
  /^(?:\d{3}[ -])?([245]\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1] ?? null

const connection: Record<string, string> = {
  ECONNREFUSED: 'mail.problem.refused',
  ETIMEDOUT: 'mail.problem.stalled',
  EDNS: 'mail.problem.unknown-host',
  ENOTFOUND: 'mail.problem.unknown-host',
  EAI_AGAIN: 'mail.problem.unknown-host',
  ETLS: 'mail.problem.tls',
  EHOSTUNREACH: 'mail.problem.unreachable',
  ENETUNREACH: 'mail.problem.unreachable',
}

/**
 * Tells apart what went wrong (RFC 5321, 4.2.1: 4yz is transient, 5yz is permanent). What fails before the envelope concerns the server and
 * every mail; a 5yz to the recipient concerns the address, a 5yz to anything later the message.
 */
export function judgeFailure(attempt: FailedAttempt): FailureJudged {
  const { code = '', responseCode = 0, command = '' } = attempt
  const status = enhancedStatus(attempt.response)
  const params = { response: attempt.response ?? '' }
  const inEnvelope = ['MAIL FROM', 'RCPT TO', 'DATA'].includes(command)
  // 421 at any time: the server is closing down
  if (responseCode === 421) return { what: 'server', why: { code: 'mail.problem.closing', params }, status }
  if (code === 'EAUTH' || responseCode === 535 || responseCode === 530)
    return { what: 'server', why: { code: 'mail.problem.credentials', params }, status }
  if (inEnvelope && responseCode >= 500) {
    const addressed = command === 'RCPT TO' && !isPolicy(status)
    return addressed
      ? { what: 'address', why: { code: 'mail.problem.address', params }, status }
      : { what: 'message', why: { code: 'mail.problem.message', params }, status }
  }
  if (inEnvelope && responseCode >= 400) return { what: 'later', why: { code: 'mail.problem.later', params }, status }
  if (code === 'EENVELOPE' && responseCode === 0)
    return { what: 'address', why: { code: 'mail.problem.no-address', params }, status }
  if (code === 'EMESSAGE' && responseCode === 0)
    return { what: 'message', why: { code: 'mail.problem.too-large', params }, status }
  const known = connection[code] ?? (/CERT|SIGNED|SSL|TLS/.test(code) ? 'mail.problem.tls' : undefined)
  if (known !== undefined) return { what: 'server', why: { code: known, params }, status }
  if (responseCode >= 400) return { what: 'server', why: { code: 'mail.problem.greeting', params }, status }
  return { what: 'server', why: { code: 'mail.problem.closed', params }, status }
}

/** x.7.y is security or policy: a refusal of us, not word about the mailbox (RFC 3463, 3.8). */
const isPolicy = (status: string | null): boolean => status?.split('.')[1] === '7'
