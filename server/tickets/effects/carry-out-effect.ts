import type { RuleEffect } from '../../../contract/ticket-rules.ts'
import { sanitised } from '../../notes/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { addNote } from '../actions/add-note.ts'
import { editTicket, watchTicket } from '../actions/edit-ticket.ts'
import { assignTicket, changeState, resolveTicket } from '../actions/move-ticket.ts'
import { addTask } from '../tasks/task-actions.ts'

/**
 * Carries out one effect of a rule or a macro on a ticket, with the rights of whoever acts. `assignee`: a person's id, `me` or `nobody`; whose turn it is has been
 * found out before.
 */
export async function carryOutEffect(ctx: Ctx, id: string, { do: what, value }: RuleEffect): Promise<void> {
  switch (what) {
    case 'queue':
      return void (await assignTicket(ctx, { id, queue: value }))
    case 'assignee':
      return void (await assignTicket(ctx, { id, assignee: value === 'nobody' ? null : value }))
    case 'category':
      return void (await editTicket(ctx, { id, category: value }))
    case 'kind':
      return void (await editTicket(ctx, { id, kind: value as 'incident' | 'request' }))
    case 'impact':
    case 'urgency':
      return void (await editTicket(ctx, { id, [what]: Number(value) }))
    case 'watcher':
      return void (await watchTicket(ctx, { id, person: value }))
    case 'state':
      return void (await changeState(ctx, { id, state: value as 'in_progress' }))
    case 'note':
    case 'reply':
      return void (await addNote(ctx, { id, public: what === 'reply', body: sanitised(value), attachments: [] }))
    case 'resolve':
      return void (await resolveTicket(ctx, { id, resolution: sanitised(value) }))
    case 'task':
      return void (await addTask(ctx, { id, title: value.slice(0, 200), description: '', stage: 1, hours: null }))
  }
}
