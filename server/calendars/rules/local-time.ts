/**
 * Local time to instants and back, by the zone's changes of offset (C12–C15, C17, C18). A *local second* is the wall
 * clock read as if it were UTC: local = instant + offset.
 */

/** From `at[i]` on, local time is UTC + `offset[i]` seconds; `at[0]` is the start of what is known. */
export type ZoneOffsets = {
  readonly zone: string
  readonly from: number
  readonly until: number
  readonly at: Float64Array
  readonly offset: Float64Array
}

const known = new Map<string, ZoneOffsets>()
/** Rises when rules are replaced, so that what was laid out under the old ones is laid out anew. */
export let rulesReplaced = 0
const replaced = new Map<string, (from: number, until: number) => Pick<ZoneOffsets, 'at' | 'offset'>>()
const usualFrom = Date.UTC(1990, 0, 1) / 1000
const usualUntil = Date.UTC(2045, 0, 1) / 1000
/** No zone was ever further than this from UTC. */
const reach = 16 * 3600
const margin = 10 * 366 * 86_400

/**
 * The zone's offsets for at least [from, until] (instants in seconds). Read once per process and widened when asked;
 * the time-zone data belong to the runtime (C18). Throws RangeError for an unknown zone.
 */
export function zoneOffsets(zone: string, from: number, until: number): ZoneOffsets {
  const before = known.get(zone)
  if (before !== undefined && before.from <= from && until <= before.until) return before
  const widest = readOffsets(
    zone,
    Math.min(before?.from ?? usualFrom, from < usualFrom ? from - margin : usualFrom),
    Math.max(before?.until ?? usualUntil, until > usualUntil ? until + margin : usualUntil),
  )
  known.set(zone, widest)
  return widest
}

/**
 * Other rules for a zone than those of the runtime, or the runtime's again with null: how a test brings new time-zone data about. They answer
 * what `ZoneOffsets` holds, for a stretch of instants in seconds.
 */
export function replaceZoneRules(
  zone: string,
  rules: ((from: number, until: number) => Pick<ZoneOffsets, 'at' | 'offset'>) | null,
): void {
  if (rules === null) replaced.delete(zone)
  else replaced.set(zone, rules)
  known.delete(zone)
  rulesReplaced++
}

function readOffsets(zone: string, from: number, until: number): ZoneOffsets {
  const other = replaced.get(zone)
  if (other !== undefined) return { zone, from, until, ...other(from, until) }
  let change: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from * 1000).toZonedDateTimeISO(
    zone,
  )
  const at: number[] = []
  const offset: number[] = []
  while (change !== null && change.epochMilliseconds <= until * 1000) {
    at.push(change.epochMilliseconds / 1000)
    offset.push(change.offsetNanoseconds / 1e9)
    change = change.getTimeZoneTransition('next')
  }
  return { zone, from, until, at: Float64Array.from(at), offset: Float64Array.from(offset) }
}

/** Local second of an instant. */
export function localSecond(offsets: ZoneOffsets, instant: number): number {
  return instant + offsets.offset[stretchAt(offsets, instant)]!
}

/** Number of the local date on which an instant lies. */
export function localDay(offsets: ZoneOffsets, instant: number): number {
  return Math.floor(localSecond(offsets, instant) / 86_400)
}

/** The instant of a local second: in a gap its end (C12), in a fold the earlier one (C13 for a start, A10). */
export function earlierInstant(offsets: ZoneOffsets, local: number): number {
  return instantOf(offsets, local, false)
}

/** The instant of a local second: in a gap its end (C12), in a fold the later one (C13 for an end). */
export function laterInstant(offsets: ZoneOffsets, local: number): number {
  return instantOf(offsets, local, true)
}

/** Where a date begins: the earlier midnight, or the end of the gap that swallowed it (C14). */
export function startOfDay(offsets: ZoneOffsets, day: number): number {
  return instantOf(offsets, day * 86_400, false)
}

/** C17: the zone left this date out. */
export function isSkipped(offsets: ZoneOffsets, day: number): boolean {
  return startOfDay(offsets, day) === startOfDay(offsets, day + 1)
}

function instantOf({ at, offset }: ZoneOffsets, local: number, later: boolean): number {
  let found = Number.NaN
  let gapEnd = Number.NaN
  for (let i = lastAtOrBefore(at, local - reach); i < at.length && at[i]! <= local + reach; i++) {
    const instant = local - offset[i]!
    const next = i + 1 < at.length ? at[i + 1]! : Number.POSITIVE_INFINITY
    if ((i === 0 || instant >= at[i]!) && instant < next) {
      if (!later) return instant
      found = instant
    } else if (Number.isNaN(gapEnd) && next + offset[i]! <= local && local < next + offset[i + 1]!) {
      gapEnd = next
    }
  }
  return Number.isNaN(found) ? gapEnd : found
}

function stretchAt(offsets: ZoneOffsets, instant: number): number {
  return lastAtOrBefore(offsets.at, instant)
}

/** Index of the last value ≤ `wanted` in an ascending list; 0 if there is none. */
function lastAtOrBefore(values: Float64Array, wanted: number): number {
  let low = 0
  let high = values.length
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (values[middle]! <= wanted) low = middle
    else high = middle
  }
  return low
}
