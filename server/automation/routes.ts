import { ticketRules } from '../../contract/ticket-rules.ts'
import { type Route, serve } from '../platform/mount.ts'
import { firingsOfTicket, listFirings, undoFiring } from './actions/firings.ts'
import { createRule, editRule, listRules, moveRule, removeRule, showRule } from './actions/set-up-rules.ts'
import { tryRule } from './actions/try-rule.ts'

export const automationRoutes: Route[] = [
  serve(ticketRules.list, listRules),
  serve(ticketRules.show, showRule),
  serve(ticketRules.create, createRule),
  serve(ticketRules.edit, editRule),
  serve(ticketRules.move, moveRule),
  serve(ticketRules.remove, removeRule),
  serve(ticketRules.tryOut, tryRule),
  serve(ticketRules.firings, listFirings),
  serve(ticketRules.ofTicket, firingsOfTicket),
  serve(ticketRules.undo, undoFiring),
]
