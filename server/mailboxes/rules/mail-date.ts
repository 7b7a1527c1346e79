const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** RFC 5322, 4.3; hours from UTC. */
const zones: Record<string, number> = { est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7 }

const form =
  /(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*[\s,-]+(\d{2,4})\s+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2})(?:[.,]\d+)?)?\s*(am|pm)?\s*(?:([+-])(\d{2}):?(\d{2})|([A-Za-z]{1,5}))?/i

/**
 * The moment a `Date` field names (RFC 5322, 3.3 and the old forms of 4.3), as an ISO instant in UTC; null where it names none.
 * Comments are ignored, an unknown zone counts as UTC, a leap second as the second before.
 */
export function mailDate(value: string): string | null {
  const text = value.slice(0, 200).replace(/\([^()]*\)/g, ' ')
  const found = form.exec(text)
  if (found === null) return isoMoment(text)
  const [, day, monthName, yearText, hourText, minute, second, half, sign, zoneHours, zoneMinutes, zoneName] = found
  const month = months.indexOf(monthName!.toLowerCase())
  if (month === -1) return null
  const hour = half === undefined ? Number(hourText) : (Number(hourText) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  const offset =
    sign === undefined
      ? (zones[(zoneName ?? '').toLowerCase()] ?? 0) * 60
      : (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes))
  if (hour > 24 || Number(minute) > 59 || Number(day) < 1 || Number(day) > 31) return null
  const at = Date.UTC(
    year(yearText!),
    month,
    Number(day),
    hour,
    Number(minute) - offset,
    Math.min(59, Number(second ?? 0)),
  )
  return iso(at)
}

/** Two digits below 50 mean 20xx, three digits count from 1900 (RFC 5322, 4.3). */
function year(text: string): number {
  const number = Number(text)
  if (text.length >= 4) return number
  return text.length === 2 && number < 50 ? 2000 + number : 1900 + number
}

function isoMoment(text: string): string | null {
  return /^\s*\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text) ? iso(Date.parse(text.trim().replace(' ', 'T'))) : null
}

/** What PostgreSQL and a person can take: a year of four digits. */
const iso = (at: number): string | null =>
  Number.isFinite(at) && at > -62_000_000_000_000 && at < 253_402_300_800_000 ? new Date(at).toISOString() : null
