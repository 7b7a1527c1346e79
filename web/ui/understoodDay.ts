const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

const written = (year: number, month: number, day: number): string | null => {
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : null
}
const later = (from: Date, days: number): string =>
  new Date(Date.UTC(from.getFullYear(), from.getMonth(), from.getDate() + days)).toISOString().slice(0, 10)

/** The plain date that a text means on the day `now` (local); null where it means none. */
export function understoodDay(text: string, now: Date): string | null {
  const said = text.trim().toLowerCase()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said)
  if (iso !== null) return written(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const dayFirst = /^(\d{1,2})[./](\d{1,2})[./]?(\d{4})?$/.exec(said)
  if (dayFirst !== null)
    return written(
      dayFirst[3] === undefined ? now.getFullYear() : Number(dayFirst[3]),
      Number(dayFirst[2]),
      Number(dayFirst[1]),
    )
  if (said === 'today') return later(now, 0)
  if (said === 'tomorrow') return later(now, 1)
  if (said === 'yesterday') return later(now, -1)
  const ahead = /^in (\d{1,4}) (day|week)s?$/.exec(said)
  if (ahead !== null) return later(now, Number(ahead[1]) * (ahead[2] === 'week' ? 7 : 1))
  const named = /^(next |on )?([a-z]{3,})$/.exec(said)
  const weekday = named === null ? -1 : weekdays.findIndex((name) => name.startsWith(named[2] ?? ''))
  if (weekday >= 0) return later(now, ((weekday - now.getDay() + 6) % 7) + 1)
  return null
}
