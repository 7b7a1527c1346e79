import { ticketMerges } from '../contract/ticket-merges.ts'
import { ticketParents } from '../contract/ticket-parents.ts'
import { tickets } from '../contract/tickets.ts'
import type { Opened } from '../server/main.ts'
import { sql } from '../server/platform/db.ts'
import { demoRequester } from './it-department.ts'
import type { Cast } from './load-demo.ts'

/** The same asked twice, merged; and one ticket with its children, of which one is done. Nothing where something was merged already. */
export async function askedTwice(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from ticket_merges limit 1`.execute(db)).rows.length > 0) return
  const cora = cast.actors.get('Cora Lindqvist')!
  const rita = cast.actors.get(demoRequester)!
  const first = await opened.act(rita, tickets.open, {
    title: 'Badge reader at gate 3 stays red',
    description: '<p>Since this morning. The other gates work.</p>',
  })
  const again = await opened.act(cora, tickets.open, {
    title: 'Gate 3 lets nobody in',
    description: '<p>A driver rang: the reader at gate 3 does not take his badge either.</p>',
    queue: first.queue.id,
  })
  await opened.act(cora, tickets.addNote, {
    id: again.id,
    public: false,
    body: '<p>He got in by gate 2. Nobody else has rung so far.</p>',
  })
  const canteen = await opened.act(cora, tickets.open, {
    title: 'Move the canteen tills to the new building',
    kind: 'request',
    description: '<p>Four tills, the kitchen printer and the menu screen, by Friday.</p>',
  })
  const parts = ['Network sockets behind the counter', 'Kitchen printer on the new VLAN', 'Menu screen does not start']
  for (const [n, title] of parts.entries()) {
    const part = await opened.act(cora, tickets.open, { title, parent: canteen.reference })
    if (n === 0) await opened.act(cora, tickets.resolve, { id: part.id, resolution: '<p>Six sockets, tested.</p>' })
  }
  // asked on its own, and part of the same
  const asked = await opened.act(rita, tickets.open, { title: 'Which till takes the crew cards?' })
  await opened.act(cora, ticketParents.set, { id: asked.id, parent: canteen.reference })
  await opened.act(cora, ticketMerges.merge, { id: again.id, into: first.id })
}
