import { readCursor } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'

/** Where a page goes on; null where it is the first. Throws a 400 where the cursor is none of ours. */
export function fromCursor(after: string | undefined, length: number): (string | number | null)[] | null {
  const from = readCursor(after, length)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  return from
}
