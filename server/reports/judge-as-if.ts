import { setImmediate } from 'node:timers/promises'
import { compiledCalendar, currentVersion } from '../calendars/public.ts'
import { loadClocks, type Terms, termsOfSource } from '../commitments/public.ts'
import type { Db } from '../platform/db.ts'
import { sql } from '../platform/db.ts'
import type { Job } from '../platform/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { newTermsOf } from '../service-levels/public.ts'
import { addToRun, type AsIfRow, beginRun, endRun, factsOfLevel, runById, type Tally } from './as-if-store.ts'
import { missedAsIf } from './rules/as-if.ts'

const usualSlice = 500
const inOneGo = 50
/** Differing promises that are named. */
export const mostNamed = 1000

export const asIfJob = (platform: Platform): Job => ({
  task: 'reports.as-if',
  run: ({ run }, signal) => judgeAsIf(platform.database.db, run as string, { signal }),
})

/**
 * Judges the promises of a run under its version of the level, a slice at a time. What a node left half done is gone on with after the last slice
 * that is in its sums. Reads clocks, writes none. `now`: epoch seconds. */
export async function judgeAsIf(
  db: Db,
  id: string,
  {
    now = Math.floor(Date.now() / 1000),
    signal,
    slice = usualSlice,
  }: { now?: number; signal?: AbortSignal; slice?: number } = {},
): Promise<void> {
  const run = await runById(db, id)
  if (run === undefined || run.finished_at !== null) return
  const terms = await termsOfRun(db, run)
  if (terms.length === 0) return endRun(db, id, 'reports.version-gone')
  const all = await factsOfLevel(db, run)
  if (run.total === null) await beginRun(db, id, all.length)
  const facts = run.judged_to === null ? all : all.filter((f) => f.commitment_id > run.judged_to!)
  for (let i = 0; i < facts.length; i += slice) {
    signal?.throwIfAborted()
    const portion = facts.slice(i, i + slice)
    const some = new Map(portion.map((f) => [f.commitment_id, f.missed]))
    const tally: Tally = { done: some.size, keptBefore: 0, missedBefore: 0, kept: 0, missed: 0, differing: [] }
    let n = 0
    for (const clock of await loadClocks(db, { ids: [...some.keys()] })) {
      const was = some.get(clock.id)!
      const own = terms.find((t) => t.kind === clock.kind)
      // a promise that the other version does not make can be neither kept nor missed
      const missed = own === undefined ? null : missedAsIf(clock.events, own, now)
      if (was) tally.missedBefore++
      else tally.keptBefore++
      if (missed === true) tally.missed++
      if (missed === false) tally.kept++
      if (missed !== null && missed !== was) tally.differing.push([clock.id, missed])
      if (++n % inOneGo === 0) await setImmediate()
    }
    await addToRun(db, id, tally, portion.at(-1)!.commitment_id, mostNamed)
  }
  await endRun(db, id, null)
}

async function termsOfRun(db: Db, run: AsIfRow): Promise<Terms[]> {
  if (run.planned !== null) {
    const version = await currentVersion(db, run.planned.calendar)
    const calendar = await compiledCalendar(db, version)
    const level = { id: run.service_level_id, name: run.level_name, revision: 0, calendarVersion: version }
    return newTermsOf(level, run.planned.targets).map((terms) => ({ ...terms, calendar }))
  }
  const { rows } = await sql<{ version: string }>`
    select calendar_version_id as version from service_level_versions where service_level_id = ${run.service_level_id} and revision = ${run.revision}`.execute(
    db,
  )
  const all = rows[0] === undefined ? [] : await termsOfSource(db, run.service_level_id, run.revision ?? 0)
  return all.filter((terms) => terms.calendarVersion === rows[0]!.version)
}
