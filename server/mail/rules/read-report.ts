/** What a report of delivery (RFC 3464) says of one recipient. */
export interface DeliveryReport {
  recipient: string
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'
  /** Enhanced status (RFC 3463): 5.1.1. */
  status: string | null
  /** The words of the other side. */
  words: string
}

/** Fields of one block, unfolded, names in lower case (RFC 822, 3.1.1). */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const at = line.indexOf(':')
    if (at > 0) fields.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim())
  }
  return fields
}

/** `rfc822; tess@example.org`, with or without its type and angle brackets. */
const afterType = (value: string): string =>
  value
    .slice(value.indexOf(';') + 1)
    .trim()
    .replace(/^<|>$/g, '')

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const

/** Reads a `message/delivery-status` part: one block about the message, then one for each recipient. */
export function readReport(part: string): DeliveryReport[] {
  return part
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .map(fieldsOf)
    .flatMap((fields): DeliveryReport[] => {
      const recipient = fields.get('final-recipient') ?? fields.get('original-recipient')
      const action = actions.find((one) => one === fields.get('action')?.toLowerCase())
      if (recipient === undefined || action === undefined) return []
      return [
        {
          recipient: afterType(recipient).toLowerCase(),
          action,
          status: /[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? null,
          words: afterType(fields.get('diagnostic-code') ?? '').slice(0, 300),
        },
      ]
    })
}

/** A failure for good says something about the address; x.7.y is about us, and 4.y.z may pass. */
export const isAddressDead = (report: DeliveryReport): boolean =>
  report.action === 'failed' &&
  (report.status === null || report.status.startsWith('5.')) &&
  report.status?.split('.')[1] !== '7'

/** Message-IDs in the headers that were sent back, angle brackets included. */
export const messageIdsIn = (headers: string): string[] => {
  const id = /^message-id:\s*(<[^<>\s]+>)/im.exec(headers.replace(/\r?\n[ \t]+/g, ' '))
  return id === null ? [] : [id[1]!]
}
