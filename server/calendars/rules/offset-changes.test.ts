import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weekdays, type CalendarDefinition, type Span } from '../../../contract/calendars.ts'
import { calendarsNear, changesOfOffset, isLong, sample, seed, zones } from '../../../test/cases/random-calendars.ts'
import { addWorkingTime } from './add-working-time.ts'
import { compileCalendar } from './compile-calendar.ts'
import { isRefusal } from './refusal.ts'
import { workingTimeBetween } from './working-time-between.ts'

/**
 * An independent judge: walks every minute around a change of offset, reads its local time from Temporal, and finds the edges
 * of spans and holidays by looking at the minutes (C1–C17). Shares no code with the rules.
 */
class MinuteWalk {
  readonly from: number
  readonly locals: number[] = []
  constructor(zone: string, from: number, minutes: number) {
    this.from = from
    for (let i = 0; i < minutes; i++) {
      const local = Temporal.Instant.fromEpochMilliseconds((from + i * 60) * 1000)
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
      this.locals.push(Math.round(Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute) / 60_000))
    }
  }

  /** Index of the minute at which a local minute is reached: the earlier or later one, or the first after a gap. */
  edge(local: number, isLater: boolean): number {
    const at = isLater ? this.locals.lastIndexOf(local) : this.locals.indexOf(local)
    if (at >= 0) return at
    return this.locals.findIndex((here, i) => here > local && (i === 0 || this.locals[i - 1]! < local))
  }

  end(day: number, minutes: number): number {
    return minutes === 1440 ? this.edge((day + 1) * 1440, false) : this.edge(day * 1440 + minutes, true)
  }

  /** Whether each minute is working time; right except within two days of either end of the walk. */
  open(definition: CalendarDefinition, firstDay: number, lastDay: number): boolean[] {
    const closed = this.locals.map(() => false)
    for (const holiday of definition.holidays ?? []) {
      const [from, to] = [dayOf(holiday.from), dayOf(holiday.to)]
      closed.fill(
        true,
        this.edge(from * 1440 + minutesOf(holiday.fromTime ?? '00:00'), false),
        this.end(to, minutesOf(holiday.toTime ?? '24:00')),
      )
    }
    const open = this.locals.map(() => false)
    const dates = new Set(this.locals.map((local) => Math.floor(local / 1440)))
    for (let day = firstDay; day <= lastDay; day++) {
      if (!dates.has(day)) continue
      const special = definition.specialHours?.find(({ date }) => dayOf(date) === day)?.spans
      const usual = definition.week[weekdays[(((day + 3) % 7) + 7) % 7]!] ?? []
      for (const { from, to } of special ?? usual) {
        const [start, end] = this.spanEdges(day, { from, to })
        for (let i = start; i < end; i++) if (special !== undefined || !closed[i]) open[i] = true
      }
    }
    return open
  }

  private spanEdges(day: number, { from, to }: Span): [number, number] {
    const [opens, closes] = [minutesOf(from), minutesOf(to)]
    const start = this.edge(day * 1440 + opens, false)
    if (closes === 0 || closes === 1440) return [start, this.end(day, 1440)]
    return [start, closes <= opens ? this.end(day + 1, closes) : this.end(day, closes)]
  }
}

const dayOf = (date: string): number => Math.round(Date.parse(`${date}T00:00Z`) / 86_400_000)
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

function likeness({ zone, at }: { zone: string; at: number }): string {
  const offset = (seconds: number): string =>
    Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(zone).offset
  return [at, ...[-8, 0, 8].map((days) => offset(at + days * 86_400)), offset(at - 1)].join(' ')
}

test('no second is lost or counted twice at any change of offset 2000–2037 (C12–C18)', { timeout: 3_600_000 }, () => {
  const places = isLong ? zones : ['America/Havana', ...sample(zones, 12, seed)]
  const everywhere = places.flatMap((zone) => changesOfOffset(zone).map((at) => ({ zone, at })))
  // Zones that change at one instant between the same two offsets look alike for days around it: one stands for all.
  const all = [...new Map(everywhere.map((change) => [likeness(change), change])).values()]
  // A midnight that occurs twice is too rare to be met by chance.
  const rare = all.filter(({ zone, at }) => zone === 'America/Havana' && at > 2_100_000_000)
  const chosen = isLong ? all : [...rare, ...sample(all, 10, seed)]
  const calendarsEach = isLong ? 3 : 4
  let minutes = 0
  for (const { zone, at } of chosen) {
    // Holidays lie within five days of the change, so the walk is wide enough for every edge that matters.
    const walk = new MinuteWalk(zone, at - 8 * 86_400, 16 * 1440)
    const day = Math.floor(walk.locals[8 * 1440]! / 1440)
    fc.assert(
      fc.property(calendarsNear(zone, day, walk.locals[8 * 1440]! % 1440), (definition) => {
        const open = walk.open(definition, day - 7, day + 6)
        const calendar = compileCalendar(definition)
        const first = walk.edge((day - 5) * 1440, false)
        const last = walk.edge((day + 5) * 1440, false)
        let total = 0
        for (let i = first; i < last; i++) {
          const instant = walk.from + i * 60
          const counted = workingTimeBetween(calendar, instant, instant + 60)
          if (counted !== (open[i] === true ? 60 : 0))
            throw new Error(`${zone}, ${new Date(instant * 1000).toISOString()}: ${counted} s counted`)
          total += counted
          minutes++
        }
        const begin = walk.from + first * 60
        expect(workingTimeBetween(calendar, begin, walk.from + last * 60)).toBe(total)
        if (total > 0) {
          const lastOpen = open.lastIndexOf(true, last - 1)
          expect(addWorkingTime(calendar, begin, total)).toBe(walk.from + (lastOpen + 1) * 60)
          const half = addWorkingTime(calendar, begin, Math.ceil(total / 2))
          expect(isRefusal(half) ? half : workingTimeBetween(calendar, begin, half)).toBe(Math.ceil(total / 2))
        }
      }),
      { seed, numRuns: calendarsEach },
    )
  }
  console.log(
    `offset changes: seed ${seed}, ${chosen.length} of ${all.length} different changes (${everywhere.length} in ${places.length} zones), ${chosen.length * calendarsEach} calendars, ${minutes} minutes compared`,
  )
})
