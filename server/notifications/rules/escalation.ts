import { addWorkingTime } from '../../calendars/rules/add-working-time.ts'
import type { Calendar } from '../../calendars/rules/compile-calendar.ts'
import { isRefusal } from '../../calendars/rules/refusal.ts'

/** Who stands behind those who were told first. Ids of persons who can sign in. */
export interface Line {
  leads: readonly string[]
  coordinators: readonly string[]
  administrators: readonly string[]
}

export interface Next {
  level: number
  to: 'leads' | 'coordinators' | 'administrators'
  people: string[]
}

/**
 * Who hears next that nobody acted: the leads, then the coordinators, and where there is no coordinator the administrators. Whoever was told
 * before is not told again; a level at which nobody new would hear is passed over. Null: everybody has heard.
 */
export function whoIsNext(level: number, told: readonly string[], line: Line): Next | null {
  const fresh = (people: readonly string[]) => [...new Set(people)].filter((person) => !told.includes(person))
  if (level < 1 && fresh(line.leads).length > 0) return { level: 1, to: 'leads', people: fresh(line.leads) }
  if (level >= 2) return null
  if (fresh(line.coordinators).length > 0) return { level: 2, to: 'coordinators', people: fresh(line.coordinators) }
  if (line.coordinators.length > 0 || fresh(line.administrators).length === 0) return null
  return { level: 2, to: 'administrators', people: fresh(line.administrators) }
}

/** The moment (epoch seconds) when so much working time has passed; without working hours, so much time. */
export function afterWorking(at: number, seconds: number, calendar: Calendar | null): number {
  const due = calendar === null ? at + seconds : addWorkingTime(calendar, at, seconds)
  return isRefusal(due) ? at + seconds : due
}
