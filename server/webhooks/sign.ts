import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'

export const newSigningSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`

/** The headers of Standard Webhooks 1.0: an id that a repeat keeps, the moment, and a signature for each secret in force. */
export function signedHeaders(
  secrets: readonly string[],
  message: { id: string; at: number; body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(message.at / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${message.id}.${timestamp}.${message.body}`).digest('base64')}`
  })
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
    'content-type': 'application/json',
  }
}
