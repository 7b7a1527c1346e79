/** What reading one message may cost. Whatever is beyond is left in the raw message and named as a problem. */
export const readLimits = {
  /** Of the headers of one part, in bytes; RFC 5322 names no limit, real ones stay under 100 kB. */
  headerBytes: 1024 * 1024,
  /** Parts of one message, and how deep they nest. */
  parts: 500,
  depth: 40,
  /** Of one text or HTML body that is shown, in characters. */
  bodyCharacters: 1024 * 1024,
  addresses: 500,
  references: 100,
  /** From here on a message is read on a thread of its own: hostile HTML of this size takes some 100 ms. Bytes. */
  apartBytes: 32 * 1024,
  /** From here on it is a thread for large ones, which do not hold up the others. Bytes. */
  largeBytes: 1024 * 1024,
  /** Nobody waits longer than this for one message. */
  readMs: 60_000,
  /** Memory of that thread. */
  threadMiB: 768,
} as const
