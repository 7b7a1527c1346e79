import { createHmac, timingSafeEqual } from 'node:crypto'
import { keyFor } from '../platform/sealing.ts'

const purpose = 'mail return path'
/** Lower-case, because some mail systems do not keep the case of an address. 80 bits. */
const signed = (secret: Buffer, mail: string): string =>
  createHmac('sha256', keyFor(secret, purpose)).update(mail).digest('hex').slice(0, 20)

/** The envelope sender of one mail (variable envelope return path): what comes back to it names the mail, and cannot be made up. */
export function returnPathOf(secret: Buffer, bouncesTo: string, mail: string): string {
  const at = bouncesTo.lastIndexOf('@')
  return `${bouncesTo.slice(0, at)}+${mail.replaceAll('-', '')}.${signed(secret, mail)}${bouncesTo.slice(at)}`
}

/** The mail a returned address names; null where it names none, or where the signature is not ours. */
export function mailOfReturnPath(secret: Buffer, address: string): string | null {
  const found = /\+([0-9a-f]{32})\.([0-9a-f]{20})@/i.exec(address)
  if (found === null) return null
  const hex = found[1]!.toLowerCase()
  const mail = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return timingSafeEqual(Buffer.from(signed(secret, mail)), Buffer.from(found[2]!.toLowerCase())) ? mail : null
}
