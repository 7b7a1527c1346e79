import type { Db } from '../platform/db.ts'
import { type Shift, shiftsBetween } from './rules/shifts.ts'
import { overridesOf, type StoredSchedule } from './schedules-store.ts'

/** How far ahead the next one is looked for (seconds). */
const ahead = 100 * 86_400

/** The shift at a moment (epoch seconds) and the next one of another person, by schedule. */
export async function standingsAt(
  db: Db,
  schedules: readonly StoredSchedule[],
  at: number,
): Promise<Map<string, { now: Shift | null; next: Shift | null }>> {
  const overrides = await overridesOf(
    db,
    schedules.map((s) => s.id),
    at,
    at + ahead,
  )
  return new Map(
    schedules.map((s) => {
      const mine = overrides.filter((o) => o.schedule === s.id)
      const shifts = shiftsBetween(s, mine, at, at + ahead)
      const now = shifts[0] ?? null
      return [
        s.id,
        { now, next: shifts.find((one) => one.person !== null && one !== now && one.person !== now?.person) ?? null },
      ]
    }),
  )
}
