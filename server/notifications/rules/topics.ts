import type { NoticeTopic, Way, Ways } from '../../../contract/notifications.ts'
import type { Role } from '../../../contract/permissions.ts'

const topics: Record<string, NoticeTopic> = {
  'on-call.page': 'calls',
  'major-incident.news': 'incidents',
  'major-incident.given': 'incidents',
  'approval.asked': 'approvals',
  'approval.ended': 'outcomes',
  ladder: 'promises',
  unacted: 'escalations',
  'difference.found': 'escalations',
  'ticket.assigned': 'assignments',
  'ticket.nobody-found': 'escalations',
  'ticket-task.opened': 'assignments',
  'commitment.given': 'assignments',
  'on-call.override': 'assignments',
  'on-call.note': 'assignments',
  'ticket.replied': 'conversation',
  'ticket.noted': 'conversation',
  'ticket.resolved': 'outcomes',
  'ticket.reopened': 'outcomes',
  'ticket.children-done': 'outcomes',
  'ticket.merged': 'outcomes',
  'ticket.taken-apart': 'outcomes',
}

/** What a notice is about, as people choose by it. A kind without a topic of its own is `other`. */
export const topicOf = (kind: string): NoticeTopic => topics[kind] ?? 'other'

/** Whether somebody must act upon it: a promise that is due or late. Hearing of it is not enough. */
export const demandsAct = (notice: { kind: string; code: string }): boolean =>
  notice.kind === 'ladder' && /\.(due|late)$/.test(notice.code)

type Defaults = Record<NoticeTopic, Way>
const work: Defaults = {
  calls: 'at-once',
  incidents: 'at-once',
  approvals: 'working-hours',
  promises: 'working-hours',
  escalations: 'working-hours',
  assignments: 'working-hours',
  conversation: 'working-hours',
  outcomes: 'off',
  other: 'working-hours',
}
const watching: Defaults = { ...work, assignments: 'off', conversation: 'off', other: 'off' }

/** Whoever asked is answered at once; whoever works is left in peace after work (Zammad #4432: escalation mails at midnight). */
const mailOf: Record<Role, Defaults> = {
  requester: { ...work, conversation: 'at-once', outcomes: 'at-once' },
  technician: work,
  coordinator: work,
  manager: watching,
  auditor: watching,
  administrator: watching,
}
/** In chat only what is urgent, until somebody wants more. */
const chat: Defaults = { ...work, conversation: 'off', other: 'off' }

export const channels = ['mail', 'chat'] as const
export type Channel = (typeof channels)[number]

/** How a topic reaches a person: what they chose, else the default of the role. */
export const wayOf = (role: Role, chosen: Ways, topic: NoticeTopic, channel: Channel): Way =>
  chosen[topic]?.[channel] ?? (channel === 'mail' ? mailOf[role][topic] : chat[topic])

/** Local time of the morning digest by role; null for roles that have no day to plan. */
export const digestOf = (role: Role, chosen: string | null): string | null =>
  chosen === 'off' ? null : (chosen ?? (role === 'technician' || role === 'coordinator' ? '07:30' : null))
