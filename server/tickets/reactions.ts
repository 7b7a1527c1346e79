import { insertNotices } from '../notifications/public.ts'
import { type Db, sql } from '../platform/db.ts'
import { childAt, parentLeftAlone, thoseWithParent } from './parents-store.ts'
import { bulkOfCause } from './bulk/bulk-store.ts'
import { tellNodes, type Reaction } from '../platform/outbox.ts'
import type { RecordedEvent } from '../platform/events.ts'

/** Which act is told to whom, in the app. Nobody is told of what they did themselves. */
const told: Record<string, { code: string; to: ('assignee' | 'requester' | 'watchers')[] }> = {
  'ticket.assigned': { code: 'notifications.assigned', to: ['assignee'] },
  'ticket.replied': { code: 'notifications.replied', to: ['assignee', 'requester', 'watchers'] },
  'ticket.noted': { code: 'notifications.noted', to: ['assignee'] },
  'ticket.resolved': { code: 'notifications.resolved', to: ['requester', 'watchers'] },
  'ticket.merged': { code: 'notifications.merged', to: ['requester', 'watchers'] },
  'ticket.taken-apart': { code: 'notifications.taken-apart', to: ['requester', 'watchers'] },
  'ticket.reopened': { code: 'notifications.reopened', to: ['assignee', 'watchers'] },
}

/** Tells people of what others did to their tickets. `byLetter`: who is mailed the words of a reply themselves. */
export const tellPeople = (
  db: Db,
  byLetter: (event: RecordedEvent) => Promise<ReadonlySet<string>> = () => Promise.resolve(new Set()),
): Reaction => ({
  name: 'tickets.tell-people',
  hears: Object.keys(told),
  async react(event: RecordedEvent) {
    const { code, to } = told[event.type]!
    const { rows } = await sql<{ assignee_id: string | null; requester_id: string | null; watchers: string[] }>`
      select assignee_id, requester_id, array(select person_id from ticket_watchers where ticket_id = t.id) as watchers from tickets t where id = ${event.subject.id}`.execute(
      db,
    )
    const ticket = rows[0]
    if (ticket === undefined) return
    const people = new Set<string | null>([
      ...(to.includes('assignee') ? [ticket.assignee_id] : []),
      ...(to.includes('requester') ? [ticket.requester_id] : []),
      ...(to.includes('watchers') ? ticket.watchers : []),
    ])
    people.delete(null)
    people.delete(event.actor.id)
    if (event.type === 'ticket.assigned' && event.after?.['assignee_id'] === undefined) return
    const lettered = await byLetter(event)
    const bulk = await bulkOfCause(db, event.cause)
    // whoever asked is told of each of theirs; whoever works on many of them hears once of what was done to all
    const isGathered = (person: string): boolean => bulk !== null && person !== ticket.requester_id
    await db.transaction().execute(async (tx) => {
      const written = await insertNotices(
        tx,
        [...people].map((person) => ({
          person: person!,
          kind: event.type,
          code: isGathered(person!) ? `notifications.bulk.${event.type}` : code,
          params: { by: event.actor.name, ...(lettered.has(person!) ? { letter: true } : {}) },
          subject: isGathered(person!) ? null : event.subject,
          cause: isGathered(person!) ? `bulk:${bulk}:${event.type}` : `event:${event.id}`,
          at: event.at,
        })),
      )
      await tellNodes(
        tx,
        written.map((n) => ({ kind: 'notification', id: n.id })),
      )
    })
  },
})

/** Said of a child where it is taken out of its parent, which the event names as it was before. */
const takenOut = ['ticket.parent-set', 'ticket.parent-removed']

/** Tells whoever works on a ticket that the last of its open children is done or was taken out of it: what is left is the ticket itself. */
export const tellOfChildren = (db: Db): Reaction => ({
  name: 'tickets.tell-of-children',
  hears: ['ticket.resolved', 'ticket.closed', 'ticket.merged', ...takenOut],
  isWanted: async (tx, heard) => {
    const parts = await thoseWithParent(
      tx,
      heard.map(({ subject }) => subject),
    )
    return ({ type, subject }) => takenOut.includes(type) || parts.has(subject)
  },
  async react(event: RecordedEvent) {
    const child = await childAt(db, event.subject.id, event.at)
    if (child === undefined) return
    const isOut = takenOut.includes(event.type)
    if (isOut ? !child.was_open : child.open) return
    const id = isOut ? event.before?.['parent_id'] : child.parent_id
    const parent = typeof id === 'string' ? await parentLeftAlone(db, id) : undefined
    if (parent === undefined || parent.assignee_id === null || parent.assignee_id === event.actor.id) return
    await db.transaction().execute(async (tx) => {
      const written = await insertNotices(tx, [
        {
          person: parent.assignee_id!,
          kind: 'ticket.children-done',
          code: isOut ? 'notifications.children-gone' : 'notifications.children-done',
          params: {},
          subject: { kind: 'ticket', id: id as string },
          // two that end, or go, at once are told of once
          cause: `children:${id as string}:${isOut ? event.at : parent.last}`,
          at: event.at,
        },
      ])
      await tellNodes(
        tx,
        written.map((n) => ({ kind: 'notification', id: n.id })),
      )
    })
  },
})
