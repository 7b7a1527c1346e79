import type { Layer } from '../../../contract/on-call.ts'

/** Somebody stands in. Instants in epoch seconds, half open. */
export interface Override {
  readonly id: string
  readonly person: string
  readonly from: number
  readonly to: number
}

/** Half open, epoch seconds; nobody where `person` is null. */
export interface Shift {
  readonly from: number
  readonly to: number
  readonly person: string | null
  readonly override: string | null
}

interface Turn {
  from: number
  to: number
  person: string
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** A local time of a date as epoch seconds: in a gap the end of it, in a fold the earlier (clock semantics C12, C13). */
const localMoment = (date: Temporal.PlainDate, time: string, zone: string): number =>
  Math.floor(
    date.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone, { disambiguation: 'compatible' })
      .epochMilliseconds / 1000,
  )
const dateOf = (at: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at * 1000)
    .toZonedDateTimeISO(zone)
    .toPlainDate()

/** The turns of a layer that touch [from, to), before its hours are looked at. Nobody has a turn before the layer starts. */
function turnsOf(layer: Layer, zone: string, from: number, to: number): Turn[] {
  const length = layer.turn.count * (layer.turn.unit === 'weeks' ? 7 : 1)
  const first = Temporal.PlainDate.from(layer.startsOn)
  const begin = (n: number) => localMoment(first.add({ days: n * length }), layer.handoverAt, zone)
  const since = first.until(dateOf(from, zone), { largestUnit: 'days' }).days
  const turns: Turn[] = []
  for (let n = Math.max(0, Math.floor(since / length) - 1); begin(n) < to; n++) {
    const end = begin(n + 1)
    if (end <= from) continue
    turns.push({
      from: Math.max(begin(n), from),
      to: Math.min(end, to),
      person: layer.members[n % layer.members.length]!,
    })
  }
  return turns
}

/** The stretches of [from, to) that lie in the hours of a layer; the whole of it where none are given. */
function hoursOf(layer: Layer, zone: string, from: number, to: number): { from: number; to: number }[] {
  if (layer.hours.length === 0) return [{ from, to }]
  const found: { from: number; to: number }[] = []
  const last = dateOf(to, zone)
  for (
    let date = dateOf(from, zone).subtract({ days: 1 });
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  )
    for (const { days: on, from: opens, to: closes } of layer.hours) {
      if (!on.includes(days[date.dayOfWeek - 1]!)) continue
      const begin = localMoment(date, opens, zone)
      const end = localMoment(closes <= opens ? date.add({ days: 1 }) : date, closes, zone)
      if (end > from && begin < to && end > begin) found.push({ from: Math.max(begin, from), to: Math.min(end, to) })
    }
  return found
}

/**
 * Who is on call in [from, to), as shifts without gaps or overlaps, earliest first. Of several layers the later wins, an override wins over all
 * of them, and of two overrides the later in the list.
 */
export function shiftsBetween(
  schedule: { layers: readonly Layer[]; zone: string },
  overrides: readonly Override[],
  from: number,
  to: number,
): Shift[] {
  if (to <= from) return []
  const painted: (Turn & { override: string | null })[] = []
  for (const layer of schedule.layers)
    for (const hours of hoursOf(layer, schedule.zone, from, to))
      for (const turn of turnsOf(layer, schedule.zone, hours.from, hours.to)) painted.push({ ...turn, override: null })
  for (const o of overrides)
    if (o.to > from && o.from < to)
      painted.push({ from: Math.max(o.from, from), to: Math.min(o.to, to), person: o.person, override: o.id })
  const edges = [...new Set([from, to, ...painted.flatMap((p) => [p.from, p.to])])].toSorted((a, b) => a - b)
  const shifts: { from: number; to: number; person: string | null; override: string | null }[] = []
  for (let i = 0; i + 1 < edges.length; i++) {
    const [start, end] = [edges[i]!, edges[i + 1]!]
    const top = painted.findLast((p) => p.from <= start && p.to >= end)
    const before = shifts.at(-1)
    if (before !== undefined && before.person === (top?.person ?? null) && before.override === (top?.override ?? null))
      before.to = end
    else shifts.push({ from: start, to: end, person: top?.person ?? null, override: top?.override ?? null })
  }
  return shifts
}

/** Who is on call at a moment (epoch seconds); null for nobody. */
export const onCallAt = (
  schedule: { layers: readonly Layer[]; zone: string },
  overrides: readonly Override[],
  at: number,
): string | null => shiftsBetween(schedule, overrides, at, at + 1)[0]?.person ?? null
