import { type ReadMessage } from './message.ts'
import { readHere } from './read-here.ts'
import { readLimits } from './read-limits.ts'
import { readOnThread } from './reading-thread.ts'

export type { ReadMessage } from './message.ts'

/**
 * Reads one message (RFC 5322, MIME) as it came. Never throws, whatever the bytes: what cannot be understood becomes a problem, and the raw
 * message is kept by the caller anyway. Time and memory are bounded by `readLimits`; a large message is read on a thread of its own.
 */
export const readMessage = (raw: Uint8Array): Promise<ReadMessage> =>
  raw.byteLength < readLimits.apartBytes ? readHere(raw) : readOnThread(raw)
