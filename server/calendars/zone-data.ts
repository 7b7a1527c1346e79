import { createHash } from 'node:crypto'
import { dayNumber } from './rules/instants.ts'
import { zoneOffsets } from './rules/local-time.ts'

/** Version of the time-zone data of this runtime (C18), such as `2025b`. */
export const zoneDataVersion = (): string => process.versions['tz'] ?? 'unknown'

const from = dayNumber(2000, 1, 1) * 86_400
const until = dayNumber(2040, 1, 1) * 86_400

/** Digest of the offsets of a zone from 2000 to 2040: equal where nothing that a clock could count has changed. */
export function zoneDigest(zone: string): Buffer {
  const { at, offset } = zoneOffsets(zone, from, until)
  const hash = createHash('sha256')
  let before: number | undefined
  at.forEach((instant, i) => {
    if (instant <= from) before = offset[i]
    else if (instant < until) hash.update(`${instant}:${offset[i]};`)
  })
  return hash.update(`from ${before}`).digest()
}
