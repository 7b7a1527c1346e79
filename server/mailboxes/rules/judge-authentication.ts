import type { AuthenticationResults } from './authentication-results.ts'

/**
 * What the receiving server found out about the sender: `unproven` where it looked and nothing it found speaks for the sender's domain, `none` where
 * it says nothing, or where nobody is believed.
 */
export type Authenticity = 'pass' | 'fail' | 'unproven' | 'none'

const isWithin = (domain: string, of: string): boolean =>
  domain === of || domain.endsWith(`.${of}`) || of.endsWith(`.${domain}`)
const domainOf = (text: string | undefined): string => (text ?? '').split('@').at(-1)!.toLowerCase()

/**
 * Judges whether a message is from whom it says, by the `Authentication-Results` (RFC 8601) of the mailbox's own server alone, and of several the
 * nearest. DMARC (RFC 7489) decides where it was looked at; else a DKIM or SPF pass of the sender's own domain does.
 */
export function judgeAuthentication(
  results: readonly AuthenticationResults[],
  server: string | null,
  from: string,
): Authenticity {
  const own = server === null ? undefined : results.find((one) => one.server === server.toLowerCase())
  if (own === undefined) return 'none'
  const dmarc = own.results.filter((one) => one.method === 'dmarc').map((one) => one.result)
  if (dmarc.includes('pass')) return 'pass'
  if (dmarc.includes('fail')) return 'fail'
  const domain = domainOf(from)
  const aligned = own.results.some(({ method, result, properties }) => {
    if (result !== 'pass') return false
    const by =
      method === 'dkim'
        ? (properties['header.d'] ?? properties['header.i'])
        : method === 'spf'
          ? (properties['smtp.mailfrom'] ?? properties['smtp.helo'])
          : undefined
    return by !== undefined && domain !== '' && isWithin(domainOf(by), domain)
  })
  if (aligned) return 'pass'
  const failed = own.results.some(
    ({ method, result }) => (method === 'spf' || method === 'dkim') && (result === 'fail' || result === 'permerror'),
  )
  if (failed) return 'fail'
  // who signed in to the own server is not somebody from outside
  const isSubmitted = own.results.some(({ method, result }) => method === 'auth' && result === 'pass')
  const isLookedAt = own.results.some(({ method }) => method === 'dmarc' || method === 'spf' || method === 'dkim')
  return isLookedAt && !isSubmitted ? 'unproven' : 'none'
}
