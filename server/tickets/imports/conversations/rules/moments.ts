import { type DateOrder, readDate } from '../../../../platform/imports/dates.ts'

const clock = /[\sT,]*(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(?:Uhr)?$/iu
const offset = /(?<=\d|[ap]m)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})$/iu

/**
 * A moment of a file as an instant (ms): with an offset of its own, in seconds or milliseconds since 1970, or as date and time of day in `zone`. A date alone
 * is its beginning. Null where it is no moment, or lies before 1970 or beyond 9899.
 */
export function readMoment(text: string, zone: string, order: DateOrder): number | null {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 60) return null
  if (/^\d{9,10}(\.\d+)?$/.test(trimmed)) return Math.floor(Number(trimmed) * 1000)
  if (/^\d{12,13}$/.test(trimmed)) return Number(trimmed)
  const shift = /\d{1,2}:\d{2}/.test(trimmed) ? (offset.exec(trimmed)?.[1] ?? null) : null
  const local = (shift === null ? trimmed : trimmed.slice(0, trimmed.length - shift.length))
    .trim()
    // Jira: 02/Jan/24; mail: Tue, 02 Jan 2024
    .replace(/\/(\p{L}+)\.?\//u, '-$1-')
    .replace(/^\p{L}{2,9}\.?,?\s+(?=\d)/u, '')
  const time = clock.exec(local)
  const day = readDate(time === null ? local : local.slice(0, time.index).trim(), order)
  if (day === null) return null
  const hour = time === null ? 0 : hourOf(Number(time[1]), time[4])
  const [minute, second] = [Number(time?.[2] ?? 0), Number(time?.[3] ?? 0)]
  if (hour === null || hour > 23 || minute > 59 || second > 60) return null
  const plain = Temporal.PlainDate.from(day).toPlainDateTime({ hour, minute, second: Math.min(second, 59) })
  const at = plain.toZonedDateTime(shift === null ? zone : zoneOf(shift)).epochMilliseconds
  return at < 0 ? null : at
}

const zoneOf = (shift: string): string =>
  /^(z|utc|gmt)$/i.test(shift) ? 'UTC' : shift.includes(':') ? shift : `${shift.slice(0, 3)}:${shift.slice(3)}`

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0)
}
