/** A moment of the file as an instant (milliseconds since 1970). `local` says how its local time could not be taken as it stands. */
export interface SourceMoment {
  at: number
  local: 'once' | 'twice' | 'never'
}

const dayFirst = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/
const yearFirst = /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/
/** Few, for each text remembered keeps the piece of the file alive that it was cut from. */
const mostRemembered = 5_000
const dayMs = 86_400_000

/**
 * Reads local times (`d/M/yyyy HH:mm`, `yyyy-MM-dd HH:mm:ss`) of a zone, moved by whole weeks before they become
 * instants, so that weekday and time of day stay. A time that occurs twice is the earlier, one that does not exist is
 * moved on by the gap (Temporal, `compatible`). Answers null for what is no time.
 */
export function momentReader(zone: string, shiftWeeks: number): (text: string) => SourceMoment | null {
  const known = new Map<string, SourceMoment | null>()
  return (text) => {
    let moment = known.get(text)
    if (moment === undefined) {
      moment = readMoment(text, zone, shiftWeeks)
      if (known.size >= mostRemembered) known.clear()
      known.set(text, moment)
    }
    return moment
  }
}

function readMoment(text: string, zone: string, shiftWeeks: number): SourceMoment | null {
  const local = readLocal(text)
  if (local === null) return null
  if (zone === 'UTC') return { at: local + shiftWeeks * 7 * dayMs, local: 'once' }
  const plain = Temporal.Instant.fromEpochMilliseconds(local)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .add({ days: 7 * shiftWeeks })
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' })
  const at = plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { at, local: 'once' }
  return { at, local: earlier.toPlainDateTime().equals(plain) ? 'twice' : 'never' }
}

/** The digits as if they were UTC; null where they are no date or no time of day. */
function readLocal(text: string): number | null {
  const found = dayFirst.exec(text)
  const iso = found === null ? yearFirst.exec(text) : null
  const parts = (found ?? iso)?.slice(1).map((part: string | undefined) => Number(part ?? 0))
  if (parts === undefined) return null
  const [a = 0, month = 0, b = 0, hour = 0, minute = 0, second = 0] = parts
  const [year, day] = found === null ? [a, b] : [b, a]
  const at = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(at)
  const fits =
    year >= 1900 && back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === day
  return fits && hour < 24 && minute < 60 && second < 60 ? at : null
}

/** The as-of moment as an instant: local in the zone, or with an offset of its own. Null where it is no moment. */
export function asOfMoment(text: string, zone: string, shiftWeeks: number): number | null {
  try {
    const plain = /(Z|[+-]\d{2}:?\d{2})$/.test(text.trim().slice(10))
      ? Temporal.Instant.from(text.trim().replace(' ', 'T')).toZonedDateTimeISO(zone).toPlainDateTime()
      : Temporal.PlainDateTime.from(text.trim().replace(' ', 'T'))
    return plain.add({ days: 7 * shiftWeeks }).toZonedDateTime(zone).epochMilliseconds
  } catch {
    return null
  }
}

/** Whole weeks that bring a moment into the seven days before `now` (milliseconds). */
export const weeksUpTo = (moment: number, now: number): number => Math.floor((now - moment) / (7 * dayMs))

export const isZone = (zone: string): boolean => {
  try {
    Temporal.PlainDateTime.from('2000-01-01T00:00').toZonedDateTime(zone)
    return true
  } catch {
    return false
  }
}
