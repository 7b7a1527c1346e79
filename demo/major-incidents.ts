import { majorIncidents } from '../contract/major-incidents.ts'
import { tickets } from '../contract/tickets.ts'
import type { Opened } from '../server/main.ts'
import { sql } from '../server/platform/db.ts'
import type { Cast } from './load-demo.ts'
import { demoRequester } from './it-department.ts'

/** One major incident that is over, with its report, and one that goes on. Nothing where some are there already. */
export async function bigTrouble(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from major_incidents limit 1`.execute(db)).rows.length > 0) return
  const cora = cast.actors.get('Cora Lindqvist')!
  const rita = cast.actors.get(demoRequester)!
  const declare = async (title: string, given: { headline: string; affected: string; words: string }) => {
    const { id } = await opened.act(rita, tickets.open, { title })
    return opened.act(cora, majorIncidents.declare, {
      id,
      ...given,
      updateMinutes: 240,
      commander: cora.person!,
      communications: cora.person!,
      addresses: ['harbour.office@bergen-port.example'],
    })
  }
  const over = await declare('Nobody in Tromsø gets mail', {
    headline: 'No mail in Tromsø',
    affected: 'Everybody in Tromsø, 41 people',
    words: 'Mail in Tromsø has been down since seven. We are looking for the cause; the telephone works.',
  })
  await opened.act(cora, majorIncidents.update, {
    id: over.id,
    words: 'A disk of the mail gateway is full. We are making room; nothing is lost, mail is delivered late.',
  })
  const ended = await opened.act(cora, majorIncidents.end, {
    id: over.id,
    words: 'Mail runs again, and all that waited is delivered.',
  })
  await opened.act(cora, tickets.resolve, { id: over.ticket.id, resolution: '<p>Room was made on the disk.</p>' })
  await opened.act(cora, majorIncidents.saveReport, {
    id: over.id,
    report: `${ended.report}\n\nWhat we change: the disk is watched now, and warns at four fifths.`,
    send: true,
  })
  await declare('The crane plans do not open', {
    headline: 'Shared drive in Bergen opens slowly',
    affected: 'Planning and the dock office in Bergen',
    words: 'Files on the shared drive take minutes to open. Please save locally until we tell you that it is mended.',
  })
}
