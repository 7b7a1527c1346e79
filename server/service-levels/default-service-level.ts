import type { LadderStep } from '../../contract/commitments.ts'
import type { Target } from '../../contract/service-levels.ts'
import { currentVersion } from '../calendars/public.ts'
import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import { tellLevels, termsOfTargets } from './levels.ts'
import { insertLevel, insertLevelVersion } from './store.ts'

const hour = 3600
/** Working hours to first response, resolution, and between updates, by priority. */
const hours: [response: number, resolution: number, update: number][] = [
  [0.5, 4, 2],
  [1, 8, 4],
  [4, 24, 16],
  [8, 45, 27],
  [16, 90, 45],
]

const ladder: LadderStep[] = [
  { step: '75 %', percent: 75, notify: ['owner'], raisePriority: false },
  { step: 'due', clockSeconds: 0, notify: ['owner', 'lead'], raisePriority: false },
  { step: '2 h late', workingSeconds: 2 * hour, notify: ['coordinators'], raisePriority: false },
]

/** The targets a new organisation begins with for a priority (1 to 5). */
export function standardTargets(priority: number): Target[] {
  const [response, resolution, update] = hours[priority - 1] ?? hours[2]!
  const plain = { resetOnReopen: false, ladder }
  return [
    { kind: 'first_response', seconds: response * hour, pauseIn: [], ...plain },
    { kind: 'resolution', seconds: resolution * hour, pauseIn: ['waiting_requester'], ...plain },
    { kind: 'next_update', seconds: update * hour, pauseIn: ['waiting_requester'], ...plain },
    { kind: 'vendor', seconds: Math.max(response, 2) * 2 * hour, pauseIn: [], ...plain },
  ]
}

/** Five service levels, one for each priority, unless the organisation has some. Answers the id of the first. */
export async function ensureDefaultServiceLevel(tx: Db, organisation: string, calendar: string): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select id from service_levels where organisation_id = ${organisation} order by position, id limit 1`.execute(tx)
  if (rows[0] !== undefined) return rows[0].id
  const calendarVersion = await currentVersion(tx, calendar)
  let first: string | null = null
  for (const priority of [1, 2, 3, 4, 5]) {
    const level = { id: newId(), name: `Standard, priority ${priority}`, revision: 1, calendarVersion }
    const targets = standardTargets(priority)
    await insertLevel(tx, { ...level, organisation })
    await insertLevelVersion(tx, {
      ...level,
      calendar,
      conditions: { priorities: [priority] },
      targets,
      by: 'Linchpin',
    })
    await termsOfTargets(tx, level, targets)
    first ??= level.id
  }
  await tellLevels(tx, organisation)
  return first!
}
