import { createHash, randomBytes, randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(4096)
let used = pool.length

/**
 * A UUID version 7 (RFC 9562): 48 bits of milliseconds, then random. Sorts by time of making.
 * `at` (milliseconds since 1970) makes one for another moment, as imports of old records need.
 */
export function newId(at: number = Date.now()): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const hex = Math.max(0, Math.trunc(at)).toString(16).padStart(12, '0')
  const random = pool.toString('hex', used, used + 10)
  used += 10
  const variant = '89ab'[parseInt(random[3]!, 16) & 3]!
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** Whether a text has the form of a UUID, so that it may be compared with an id column. */
export const isId = (text: string): boolean => uuid.test(text)

/** A secret for links and keys: 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored of a secret that only ever comes back as a whole. */
export const hashOf = (secret: string | Buffer): Buffer => createHash('sha256').update(secret).digest()
