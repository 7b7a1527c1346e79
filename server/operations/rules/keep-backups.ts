export interface Kept {
  days: number
  weeks: number
  months: number
}

const dayMs = 86_400_000
/** Days since 1970 in UTC; weeks begin on Monday (1970-01-05 was one). */
const dayOf = (at: number) => Math.floor(at / dayMs)
const weekOf = (at: number) => Math.floor((dayOf(at) - 4) / 7)
const monthOf = (at: number) => {
  const date = new Date(at)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/**
 * Which backups go (grandfather, father, son): the newest of each of the last days, weeks and months that hold one stays, and the
 * newest of all always. `taken`: when each was taken, milliseconds since 1970. Answers the indexes of those to remove.
 */
export function toRemove(taken: readonly number[], kept: Kept): number[] {
  const newestFirst = taken.map((at, index) => ({ at, index })).toSorted((a, b) => b.at - a.at)
  const stays = new Set(newestFirst.slice(0, 1).map((one) => one.index))
  const keep = (most: number, periodOf: (at: number) => number) => {
    const periods = new Set<number>()
    for (const { at, index } of newestFirst) {
      const period = periodOf(at)
      if (periods.has(period)) continue
      if (periods.size >= most) return
      periods.add(period)
      stays.add(index)
    }
  }
  keep(kept.days, dayOf)
  keep(kept.weeks, weekOf)
  keep(kept.months, monthOf)
  return taken.flatMap((_, index) => (stays.has(index) ? [] : [index]))
}

/** The moment (milliseconds since 1970) that a schedule of so many hours has reached last: a whole multiple since 1970, so that all nodes agree. */
export const plannedMoment = (everyHours: number, now: number): number => {
  const every = everyHours * 3_600_000
  return Math.floor(now / every) * every
}
