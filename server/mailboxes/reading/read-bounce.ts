import { type DeliveryReport, messageIdsIn, readReport } from '../../mail/public.ts'
import { type MessagePart } from './message-parts.ts'

/** A report of delivery (RFC 3464). */
export interface ReadBounce {
  reports: DeliveryReport[]
  /** Message-IDs of what came back, angle brackets included. */
  messageIds: string[]
}

/** The report in a message; null where it is none. `content` decodes a part. */
export function readBounce(parts: readonly MessagePart[], content: (part: MessagePart) => Buffer): ReadBounce | null {
  const reports = parts
    .filter((part) => /^message\/(?:global-)?delivery-status$/.test(part.type))
    .flatMap((part) =>
      readReport(
        content(part)
          .subarray(0, 1024 * 1024)
          .toString('utf8'),
      ),
    )
  if (reports.length === 0) return null
  const messageIds = parts
    .filter((part) => /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(part.type))
    .flatMap((part) =>
      messageIdsIn(
        content(part)
          .subarray(0, 256 * 1024)
          .toString('utf8')
          .split(/\r?\n\r?\n/)[0]!,
      ),
    )
  return { reports, messageIds: [...new Set(messageIds)] }
}
