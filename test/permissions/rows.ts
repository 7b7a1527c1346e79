/**
 * Who may do what: reviewed by hand, and never made from contract/permissions.ts, which it checks. One letter per
 * reader, in this order. `trusted` is a technician who was given the team's confidential tickets.
 *
 *   a  allowed     r  refused: 401, 403 or a rule's "not yours"     h  hidden: 404, or left out of the list
 */
export const readers = [
  'requester',
  'technician',
  'trusted',
  'coordinator',
  'manager',
  'auditor',
  'administrator',
] as const
export type Reader = (typeof readers)[number]

/**
 * Every reader is a member of the own team, which serves the own queue. `own`: the reader asked for it, in the queue of
 * another team. `ownTeam`, `otherTeam`: somebody else asked for it, in that queue. `confidential`: as `ownTeam`, and
 * confidential.
 */
export const situations = ['own', 'ownTeam', 'otherTeam', 'confidential'] as const
export type Situation = (typeof situations)[number]

export type Row = { everywhere: string } | Record<Situation, string>

export const everywhere = (row: string): Row => ({ everywhere: row })
export const at = (own: string, ownTeam: string, otherTeam: string, confidential: string): Row => ({
  own,
  ownTeam,
  otherTeam,
  confidential,
})

//                              r t T c m a A
export const everybody = everywhere('a a a a a a a')
export const staff = everywhere('r a a a a a a')
export const keepers = everywhere('r r r a r r a')
export const administrators = everywhere('r r r r r r a')
export const makers = everywhere('r a a a a r a')

//                     own              own team         other team       confidential
export const seeing = at('a a a a a a a', 'h a a a a a a', 'h h h a a a a', 'h h a h h h h')
export const working = at('r r r a r r a', 'r a a a r r a', 'r h h a r r a', 'r h a h r r h')
export const asking = at('a a a a a r a', 'h a a a r r a', 'h h h a r r a', 'h h a h h r h')
export const joining = at('a a a a a r a', 'h a a a a r a', 'h h h a a r a', 'h h a h h r h')
export const inside = at('r r r a r r a', 'h a a a r r a', 'h h h a r r a', 'h h a h h r h')
export const looking = at('r a a a a a a', 'r a a a a a a', 'r h h a a a a', 'r h a h h h h')
export const keeping = at('r r r a r r a', 'r a a a r r a', 'r h h a r r a', 'r h a h h r h')
// who belongs to the team that owns the promise puts it aside, also without working the ticket
export const shelving = at('r r r a r r a', 'r a a a a r a', 'r h h a r r a', 'r h a h h r h')
// whoever it was for alone; the others who see it are told so
export const rating = at('a a a a a r a', 'h r r r r r r', 'h h h r r r r', 'h h r h h r h')
export const orderers = everywhere('a a a a a r a')
export const handing = at('r r r a r r a', 'h a a a r r a', 'h h h a r r a', 'h h a h h h h')
export const approving = at('r r r a a r a', 'r a a a a r a', 'r h h a a r a', 'r h a h h r h')
// asked is somebody else: who sees it is told so, the others that there is none
export const deciding = at('r r r r r r r', 'h r r r r r r', 'h h h r r r r', 'h h r h h h h')
export const withdrawing = at('r r r a r r a', 'h a a a r r a', 'h h h a r r a', 'h h a h h h h')
export const regiving = at('r r r a r r a', 'r r r a r r a', 'r r r a r r a', 'r r r h r r h')
// whoever works the ticket for IT sees what rules did with it
export const tracing = at('r h h a r r a', 'r a a a r r a', 'r h h a r r a', 'r h a h r r h')
// by role and team alone: what one asked for oneself in another queue is no figure of one's own
export const tallying = at('r h h a a a a', 'r a a a a a a', 'r h h a a a a', 'r h a h h h h')
export const auditing = at('r r r r r a a', 'r r r r r a a', 'r r r r r a a', 'r r r r r h h')
