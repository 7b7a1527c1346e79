import { zoneDataVersion, zoneDigest } from '../calendars/public.ts'
import { systemActor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { writeEvents } from '../platform/events.ts'
import { addJob, openCtx, type Platform } from '../platform/platform.ts'
import { noteRetarget } from './retargets-store.ts'

/** Zones of new calendars are noted within this time (milliseconds); at the start at once. */
const againMs = 10 * 60_000

/**
 * Time-zone data are part of every due moment (C18). At the start the rules of each zone in use are compared with those under which its clocks
 * were last counted; where they differ, open clocks of that zone are counted anew. A node with older data than that moves nothing.
 */
export class ZoneWatch {
  readonly #platform: Platform
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> = Promise.resolve()

  constructor(platform: Platform) {
    this.#platform = platform
  }

  start(): void {
    this.#running = checkZoneRules(this.#platform).then(
      () => {},
      (error: Error) =>
        this.#platform.log.warn({ error: error.message }, 'the rules of the zones could not be compared'),
    )
    this.#timer = setTimeout(() => this.start(), againMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#running
  }
}

/** Answers the zones whose rules changed. `version`: of the time-zone data, for tests. */
export async function checkZoneRules(platform: Platform, version = zoneDataVersion()): Promise<string[]> {
  const changed = await platform.database.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('linchpin zone rules'))`.execute(tx)
    const { rows } = await sql<{ zone: string; version: string | null; digest: Buffer | null }>`
      select z.zone, k.version, k.digest from (select distinct definition->>'zone' as zone from calendar_versions) z left join zone_rules k on k.zone = z.zone`.execute(
      tx,
    )
    const found: string[] = []
    for (const known of rows) {
      // versions compare as text: 2025b, 2026a
      if (known.version !== null && version < known.version) continue
      const digest = zoneDigest(known.zone)
      const isSame = known.digest?.equals(digest) === true
      if (isSame && known.version === version) continue
      await sql`
        insert into zone_rules (zone, version, digest) values (${known.zone}, ${version}, ${digest})
        on conflict (zone) do update set version = excluded.version, digest = excluded.digest, seen_at = now()`.execute(
        tx,
      )
      if (known.digest === null || isSame) continue
      found.push(known.zone)
      await moveZone(platform, tx, known.zone, { before: known.version, after: version })
    }
    return found
  })
  if (changed.length > 0) platform.wakeOutbox()
  return changed
}

/** Notes the change for each organisation that counts in the zone, and adds the job that moves its clocks. */
async function moveZone(
  platform: Platform,
  tx: Db,
  zone: string,
  data: { before: string | null; after: string },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select distinct c.organisation_id as id from calendars c join calendar_versions v on v.calendar_id = c.id where v.definition->>'zone' = ${zone}`.execute(
    tx,
  )
  for (const { id: organisation } of rows) {
    const { ctx, events } = openCtx(platform, systemActor(organisation, 'Linchpin', 'job'), tx)
    const cause = ctx.record({
      type: 'zone-rules.changed',
      subject: { kind: 'organisation', id: organisation },
      before: { zone, version: data.before },
      after: { zone, version: data.after },
    })
    await writeEvents(tx, events, null)
    await noteRetarget(tx, { organisation, which: { zone }, cause, reason: 'zone-rules' })
    await addJob(tx, {
      task: 'service-levels.retarget',
      payload: { zone, organisation, cause, reason: 'zone-rules' },
      options: { key: `retarget:${zone}:${cause}` },
    })
  }
  platform.log.warn({ zone, ...data }, 'the rules of a zone changed; its open clocks are counted anew')
}
