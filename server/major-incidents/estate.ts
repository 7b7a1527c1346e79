import { giveStep } from '../commitments/public.ts'
import { insertNotices } from '../notifications/public.ts'
import type { Estate } from '../people/public.ts'
import { type Db, sql } from '../platform/db.ts'
import { type IncidentColumns, saveIncident } from './incidents-store.ts'

type Roles = Pick<IncidentColumns, 'commander_id' | 'communications_id' | 'technical_id'>
interface Led extends Roles {
  id: string
  ticket_id: string
  commitment_id: string | null
  leaver: string
}

/** Those that go on in which a person has a role, held. */
const ledBy = async (db: Db, person: string): Promise<Led[]> =>
  (
    await sql<Led>`
      select i.id, i.ticket_id, i.commitment_id, i.commander_id, i.communications_id, i.technical_id, p.name as leaver from major_incidents i join persons p on p.id = ${person}
      where i.state = 'live' and ${person} in (i.commander_id, i.communications_id, i.technical_id) order by i.id for update of i`.execute(
      db,
    )
  ).rows

/** Roles in major incidents that go on, and with them the promise of the next update. Who led what is over stays on record. */
export const incidentEstate: Estate = {
  name: 'incidents',
  async count(db, person) {
    return (
      await sql<{ n: number }>`
        select count(*) as n from major_incidents where state = 'live' and ${person} in (commander_id, communications_id, technical_id)`.execute(
        db,
      )
    ).rows[0]!.n
  },
  async handOver(ctx, from, to) {
    const led = await ledBy(ctx.tx, from)
    for (const i of led) {
      const before = Object.fromEntries(
        (['commander_id', 'communications_id', 'technical_id'] as const)
          .filter((role) => i[role] === from)
          .map((role) => [role, from]),
      ) as Partial<Roles>
      const after = Object.fromEntries(Object.keys(before).map((role) => [role, to])) as Partial<Roles>
      await saveIncident(ctx.tx, i.id, after)
      const cause = ctx.record({
        type: 'major-incident.changed',
        subject: { kind: 'ticket', id: i.ticket_id },
        before,
        after: { ...after, incident: i.id, reason: 'handed over' },
      })
      if (before.communications_id !== undefined) await giveStep(ctx, i.commitment_id, { person: to, teams: [] })
      await insertNotices(ctx.tx, [
        {
          person: to,
          kind: 'major-incident.given',
          code: 'major-incidents.given',
          params: { from: i.leaver },
          subject: { kind: 'major_incident', id: i.id },
          cause: `event:${cause}`,
          at: ctx.now,
        },
      ])
    }
    return led.length
  },
}
