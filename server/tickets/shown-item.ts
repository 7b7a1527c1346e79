import { may } from '../../contract/permissions.ts'
import type { TicketItem } from '../../contract/ticket-items.ts'
import type { Actor } from '../platform/ctx.ts'
import { shownRefusals } from '../platform/refusals.ts'
import type { StoredItem } from './items-store.ts'
import { type ItemActor, whyNotRedo } from './rules/item-tasks.ts'
import { refOf } from './shown-ticket.ts'

const holderOf = (kind: StoredItem['to_kind'], id: string | null, name: string | null) =>
  kind === null || id === null ? null : { kind, id, name: name ?? '' }

/** An item of a ticket. What the register says of an asset is for those who read the register. */
export function shownItem(actor: Actor, i: StoredItem, who: ItemActor): TicketItem {
  const reads = may(actor.role, 'assets.read')
  return {
    id: i.id,
    version: i.version,
    kind: i.kind,
    item: { id: i.item_id, reference: i.reference, name: i.name },
    state: reads ? i.state : null,
    holder: reads ? holderOf(i.holder_kind, i.holder_id, i.holder_name) : null,
    task: i.task,
    to: reads ? holderOf(i.to_kind, i.to_id, i.to_name) : null,
    dueBackOn: i.due_back_on,
    warrantyUntil: reads ? i.warranty_until : null,
    place: reads ? refOf(i.place_id, i.place_name) : null,
    cost: reads && i.cost_minor !== null ? { minor: i.cost_minor, currency: i.currency! } : null,
    doneAt: i.done_at,
    by: i.linked_by_name,
    at: i.linked_at,
    refusals: shownRefusals({
      change: whyNotRedo({ doneAt: null }, who),
      plan: whyNotRedo({ doneAt: i.done_at }, who),
      unlink: whyNotRedo({ doneAt: i.done_at }, who),
    }),
  }
}
