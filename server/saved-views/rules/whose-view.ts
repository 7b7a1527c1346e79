import { may, type Role } from '../../../contract/permissions.ts'
import type { ViewSharing } from '../../../contract/saved-views.ts'
import type { Refusal } from '../../platform/errors.ts'

/** Who wants to do something with views. `person` is null for keys. */
export interface Keeper {
  person: string | null
  role: Role
  teams: readonly string[]
}

/** Views belong to persons: a key has no tabs. */
export const whyNotKeep = (who: Keeper): Refusal | null =>
  who.person === null ? { code: 'saved-views.persons-only' } : null

/** The owner; what is shared is also kept in order by those who look after people, once its owner has left. */
export const whyNotChange = (who: Keeper, view: { owner_id: string; shared: ViewSharing }): Refusal | null =>
  view.owner_id === who.person || (view.shared !== 'nobody' && may(who.role, 'people.write'))
    ? null
    : { code: 'saved-views.not-yours' }

/** With a team by its members and by those who look after people; with everyone by whoever works here in IT. */
export function whyNotShare(who: Keeper, shared: ViewSharing, team: string | null): Refusal | null {
  if (shared === 'nobody') return null
  if (!may(who.role, 'people.read')) return { code: 'saved-views.share-staff-only' }
  if (shared === 'everyone') return null
  if (team === null) return { code: 'saved-views.team-needed' }
  return who.teams.includes(team) || may(who.role, 'people.write') ? null : { code: 'saved-views.not-your-team' }
}
