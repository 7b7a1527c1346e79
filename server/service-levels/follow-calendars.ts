import { calendarEdited, currentVersion } from '../calendars/public.ts'
import { systemActor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import type { Reaction } from '../platform/outbox.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { writeVersion } from './actions/save-service-level.ts'
import { tellLevels } from './levels.ts'
import { addRetarget } from './retarget.ts'
import { levelsOnCalendar, saveLevel } from './store.ts'

/** New hours: each active level on the calendar gets a version on them, and open clocks move (W9). Repeats find nothing to do. */
export const followCalendars = (platform: Platform): Reaction => ({
  name: 'service-levels.follow-calendars',
  hears: [calendarEdited],
  react: (event) =>
    runCommand(platform, systemActor(event.organisation ?? '', 'Linchpin', 'job'), async (ctx) => {
      ctx.unchanged()
      const calendar = event.subject.id
      await sql`select 1 from service_levels where organisation_id = ${event.organisation} order by id for update`.execute(
        ctx.tx,
      )
      const version = await currentVersion(ctx.tx, calendar)
      for (const level of await levelsOnCalendar(ctx.tx, calendar, version)) {
        const revision = level.revision + 1
        await writeVersion(
          ctx,
          { id: level.id, name: level.name, revision },
          { calendar, conditions: level.conditions, targets: level.targets },
        )
        await saveLevel(ctx.tx, level.id, { name: level.name, active: level.active, revision })
        const moved = ctx.record({
          type: 'service-level.edited',
          subject: { kind: 'service_level', id: level.id },
          cause: event.id,
          before: { revision: level.revision },
          after: { revision, calendarVersion: version },
        })
        await addRetarget(ctx, { level: level.id, cause: moved, reason: 'calendar-edited' })
      }
      // a vendor may work these hours under any level
      const { rows } = await sql<{ id: string }>`
        select distinct t.source_id as id from commitment_terms t join calendar_versions v on v.id = t.calendar_version_id
        join commitments m on m.terms_id = t.id and m.phase in ('running', 'paused') where t.kind = 'vendor' and v.calendar_id = ${calendar} and v.id <> ${version}`.execute(
        ctx.tx,
      )
      for (const { id } of rows) await addRetarget(ctx, { level: id, cause: event.id, reason: 'calendar-edited' })
      await tellLevels(ctx.tx, event.organisation ?? '')
    }),
})
