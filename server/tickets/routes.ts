import { categories, queues, ticketSetup } from '../../contract/queues.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { assetCosts, ticketItems } from '../../contract/ticket-items.ts'
import { ticketBulkEdits } from '../../contract/ticket-bulk-edits.ts'
import { ticketDrafts } from '../../contract/ticket-drafts.ts'
import { ticketMerges } from '../../contract/ticket-merges.ts'
import { ticketParents } from '../../contract/ticket-parents.ts'
import { ticketTasks } from '../../contract/ticket-tasks.ts'
import { tickets } from '../../contract/tickets.ts'
import { timeEntries } from '../../contract/time-entries.ts'
import { type Route, serve } from '../platform/mount.ts'
import { macros } from '../../contract/macros.ts'
import { sendNote } from './actions/send-note.ts'
import { editTicket, unwatchTicket, watchTicket } from './actions/edit-ticket.ts'
import { keepDraft, listDrafts, listMyDrafts } from './actions/keep-draft.ts'
import { changeItem, linkItem, listItems, unlinkItem } from './actions/link-item.ts'
import { assignTicket, changeState, closeTicket, reopenTicket } from './actions/move-ticket.ts'
import { resolveFamily } from './actions/resolve-family.ts'
import { setParent } from './actions/set-parent.ts'
import { type HangsOnTicket, mergeTicket, takeApart } from './actions/merge-ticket.ts'
import { openTicket } from './actions/open-ticket.ts'
import {
  createCategory,
  createQueue,
  editCategory,
  editQueue,
  editSettings,
  listAssignees,
  listCategories,
  listQueues,
  showSettings,
} from './actions/set-up-queues.ts'
import { fillMacro, previewMacro } from './macros/fill-macro.ts'
import { createMacro, editMacro, listMacros, removeMacro } from './macros/set-up-macros.ts'
import { listBulk, listBulkRows, previewBulk, showBulk, startBulk, stopBulk } from './bulk/bulk-acts.ts'
import { showAssetCosts } from './queries/show-asset-costs.ts'
import { tryOrder } from './queries/try-order.ts'
import { addTask, finishTask, giveTask, listMyTasks, listTasks, skipTask } from './tasks/task-actions.ts'
import { listTickets, showTicket, showTimeline } from './queries/list-tickets.ts'
import { addTaskTime, addTime, editTime, withdrawTime } from './time/enter-time.ts'
import { listTime, reportTime, showTicketTime } from './time/show-time.ts'

export const ticketRoutes = (above: HangsOnTicket): Route[] => [
  serve(tickets.list, listTickets),
  serve(tickets.show, showTicket),
  serve(tickets.timeline, showTimeline),
  serve(tickets.open, openTicket),
  serve(tickets.edit, editTicket),
  serve(tickets.assign, assignTicket),
  serve(tickets.changeState, changeState),
  serve(tickets.resolve, resolveFamily),
  serve(tickets.close, closeTicket),
  serve(tickets.reopen, reopenTicket),
  serve(tickets.addNote, sendNote),
  serve(tickets.watch, watchTicket),
  serve(tickets.unwatch, unwatchTicket),
  serve(macros.list, listMacros),
  serve(macros.create, createMacro),
  serve(macros.edit, editMacro),
  serve(macros.remove, removeMacro),
  serve(macros.fill, fillMacro),
  serve(macros.preview, previewMacro),
  serve(ticketParents.set, setParent),
  serve(ticketMerges.merge, mergeTicket(above)),
  serve(ticketMerges.takeApart, takeApart),
  serve(ticketDrafts.mine, listMyDrafts),
  serve(ticketDrafts.list, listDrafts),
  serve(ticketDrafts.keep, keepDraft),
  serve(ticketBulkEdits.preview, previewBulk),
  serve(ticketBulkEdits.start, startBulk),
  serve(ticketBulkEdits.list, listBulk),
  serve(ticketBulkEdits.show, showBulk),
  serve(ticketBulkEdits.rows, listBulkRows),
  serve(ticketBulkEdits.stop, stopBulk),
  serve(ticketItems.list, listItems),
  serve(ticketItems.link, linkItem),
  serve(ticketItems.change, changeItem),
  serve(ticketItems.unlink, unlinkItem),
  serve(assetCosts.show, showAssetCosts),
  serve(ticketTasks.list, listTasks),
  serve(ticketTasks.mine, listMyTasks),
  serve(ticketTasks.add, addTask),
  serve(ticketTasks.give, giveTask),
  serve(ticketTasks.finish, finishTask),
  serve(ticketTasks.skip, skipTask),
  serve(timeEntries.ofTicket, showTicketTime),
  serve(timeEntries.list, listTime),
  serve(timeEntries.report, reportTime),
  serve(timeEntries.add, addTime),
  serve(timeEntries.addToTask, addTaskTime),
  serve(timeEntries.edit, editTime),
  serve(timeEntries.withdraw, withdrawTime),
  serve(queues.list, listQueues),
  serve(queues.create, createQueue),
  serve(queues.edit, editQueue),
  serve(queues.assignees, listAssignees),
  serve(categories.list, listCategories),
  serve(categories.create, createCategory),
  serve(categories.edit, editCategory),
  serve(ticketSetup.show, showSettings),
  serve(ticketSetup.edit, editSettings),
  serve(serviceLevels.tried, tryOrder),
]
