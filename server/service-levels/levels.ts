import type { Conditions, Target } from '../../contract/service-levels.ts'
import { insertTerms, type NewTerms, termsOfSource } from '../commitments/public.ts'
import type { Terms } from '../commitments/public.ts'
import { currentVersion } from '../calendars/public.ts'
import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import type { Level } from './rules/service-level-for.ts'

/** Channel on which nodes tell each other that service levels changed; the payload is the organisation. */
export const levelsChannel = 'linchpin_service_levels'
/** Milliseconds after which levels are read again even if nobody said that they changed. */
const fresh = 5_000

const kept = new Map<string, { at: number; levels: Promise<Level[]> }>()

export const forgetLevels = (organisation: string): void => {
  if (organisation === '') kept.clear()
  else kept.delete(organisation)
}

export async function tellLevels(tx: Db, organisation: string): Promise<void> {
  forgetLevels(organisation)
  await sql`select pg_notify(${levelsChannel}, ${organisation})`.execute(tx)
}

/** The active service levels in order, with their terms; from memory for a few seconds. */
export function activeLevels(db: Db, organisation: string): Promise<Level[]> {
  const known = kept.get(organisation)
  if (known !== undefined && Date.now() - known.at < fresh) return known.levels
  const levels = readLevels(db, organisation)
  kept.set(organisation, { at: Date.now(), levels })
  levels.catch(() => kept.delete(organisation))
  return levels
}

interface Row {
  id: string
  name: string
  revision: number
  conditions: Conditions
  calendar_id: string
  calendar_version_id: string
}

export async function readLevels(db: Db, organisation: string): Promise<Level[]> {
  const { rows } = await sql<Row>`
    select s.id, s.name, s.revision, v.conditions, v.calendar_id, v.calendar_version_id
    from service_levels s join service_level_versions v on v.service_level_id = s.id and v.revision = s.revision
    where s.organisation_id = ${organisation} and s.active order by s.position, s.id`.execute(db)
  const levels: Level[] = []
  for (const row of rows) {
    const terms = await termsOfSource(db, row.id, row.revision)
    levels.push({
      id: row.id,
      name: row.name,
      revision: row.revision,
      conditions: row.conditions,
      calendar: row.calendar_id,
      calendarVersion: row.calendar_version_id,
      terms: terms.filter((t) => t.calendarVersion === row.calendar_version_id),
    })
  }
  return levels
}

interface VersionOfLevel {
  id: string
  name: string
  revision: number
  calendarVersion: string
}

/** What a version of a level promises, ready to be written. */
export const newTermsOf = (level: VersionOfLevel, targets: readonly Target[]): NewTerms[] =>
  targets.map((t) => ({
    id: newId(),
    name: level.name,
    kind: t.kind,
    party: t.kind === 'vendor' ? ('vendor' as const) : (t.party ?? ('customer' as const)),
    target:
      t.seconds === undefined ? { workingDays: t.workingDays ?? 0, endOfDay: t.endOfDay } : { seconds: t.seconds },
    calendarVersion: level.calendarVersion,
    ladder: t.ladder,
    source: { kind: 'service_level', id: level.id, revision: level.revision },
    pauseIn: t.pauseIn,
    resetOnReopen: t.resetOnReopen,
    when: t.when ?? null,
  }))

/** One immutable row of terms for each target of a version of a level. */
export const termsOfTargets = (tx: Db, level: VersionOfLevel, targets: readonly Target[]): Promise<Terms[]> =>
  insertTerms(tx, newTermsOf(level, targets))

/** The level's vendor target on a vendor's calendar: written at the first need, found again after. Null where the level has none. */
export async function vendorTermsOn(tx: Db, level: Level, calendar: string | null): Promise<Terms | null> {
  const own = level.terms.find((t) => t.kind === 'vendor')
  if (own === undefined || calendar === null || calendar === level.calendar) return own ?? null
  return vendorTermsAt(tx, own, await currentVersion(tx, calendar))
}

/** The same terms on another version of a calendar. */
export async function vendorTermsAt(tx: Db, own: Terms, version: string): Promise<Terms> {
  if (version === own.calendarVersion) return own
  const { calendar: _compiled, ...rest } = own
  return (await insertTerms(tx, [{ ...rest, id: newId(), calendarVersion: version }]))[0]!
}
