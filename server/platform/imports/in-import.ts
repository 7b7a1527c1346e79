import { type Ctx, systemActor } from '../ctx.ts'
import type { Db } from '../db.ts'
import { writeEvents } from '../events.ts'
import { addJob, openCtx } from '../platform.ts'
import type { ImportSettings } from './source.ts'

/**
 * Acts as whoever imports, in the transaction of a portion: what is recorded and the jobs that are added commit with it. What an import makes
 * (`….created`, `….registered`) is history that nobody reacts to; what it changes is heard like any change.
 */
export async function inImport(tx: Db, settings: ImportSettings, act: (ctx: Ctx) => Promise<void>): Promise<void> {
  const { kind, id, name } = settings.actor
  const actor = {
    ...systemActor(settings.organisation, name, kind),
    id,
    person: kind === 'person' ? id : null,
    zone: settings.zone,
  }
  const { ctx, events, jobs } = openCtx({ log: settings.log }, actor, tx)
  await act(ctx)
  const isMade = (type: string) => /\.(created|registered)$/.test(type)
  await writeEvents(
    tx,
    events.filter((e) => isMade(e.type)),
    null,
    true,
  )
  await writeEvents(
    tx,
    events.filter((e) => !isMade(e.type)),
    null,
  )
  for (const job of jobs) await addJob(tx, job)
}
