/** What reading one message may cost. Whatever is beyond is left in the raw message and named as a problem. */
export const readLimits = {
  /** Of the headers of one part, in bytes; RFC 5322 names no limit, real ones stay under 100 kB. */
  headerBytes: 1024 * 1024,
  /** Parts of one message, and how deep they nest. */
  parts: 500,
  depth: 40,
  /** Of one text or HTML body that is shown, in characters. */
  bodyCharacters: 1024 * 1024,
  /** Of HTML that is sanitised or turned into text, in characters. */
  htmlCharacters: 1024 * 1024,
  addresses: 500,
  references: 100,
} as const
