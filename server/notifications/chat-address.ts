import { isIP } from 'node:net'
import { invalid, type Problem } from '../platform/errors.ts'
import { type Outgoing, whyNotAddress } from '../platform/outgoing.ts'
import { isPrivateAddress } from '../platform/private-addresses.ts'
import { seal, unseal } from '../platform/sealing.ts'

const purpose = 'chat channels'

/** What is stored of the address of a webhook: sealed, and the host to know it by. */
export const sealedAddress = (secret: Buffer, address: string): { address: Buffer; host: string } => ({
  address: seal(secret, purpose, address),
  host: new URL(address).host,
})

export const openAddress = (secret: Buffer, stored: { address: Buffer }): string | null =>
  unseal(secret, purpose, stored.address)

/** Why an address cannot be a webhook of a chat; null where it can. The address is a password: it travels encrypted, or stays in an allowed network. */
export function problemWithAddress(outgoing: Outgoing, address: string): Problem | null {
  const refusal = whyNotAddress(address, outgoing.allowed)
  if (refusal !== null) return invalid('address', refusal.code)
  const { protocol, hostname } = new URL(address)
  const literal = hostname.replace(/^\[|\]$/g, '')
  // a private address that was not refused lies in a network the operator allowed
  return protocol === 'https:' || (isIP(literal) !== 0 && isPrivateAddress(literal))
    ? null
    : invalid('address', 'chat.https')
}
