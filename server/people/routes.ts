import { keys } from '../../contract/api-keys.ts'
import { mine } from '../../contract/mine.ts'
import { people, teams } from '../../contract/people.ts'
import { setup } from '../../contract/set-up.ts'
import { skills } from '../../contract/skills.ts'
import { type Route, serve } from '../platform/mount.ts'
import { changeRole, invitePerson, unlockPerson } from './actions/accounts.ts'
import { deactivatePerson, reactivatePerson } from './actions/deactivate-person.ts'
import { createKey, endKey, listKeys } from './actions/keys.ts'
import { mineActions, type MineParts } from './actions/mine.ts'
import { createPerson, editPerson } from './actions/save-person.ts'
import { type HashPassword, type LayFoundations, setUpActions } from './actions/set-up.ts'
import { skillActions, type SkillNeeds } from './actions/skills.ts'
import { type QueuesOfTeams, teamActions } from './actions/teams.ts'
import type { Estate } from './estate.ts'
import { listPeople, showPerson } from './queries/show-person.ts'

export interface PeopleParts extends MineParts {
  publicUrl: string
  hashPassword: HashPassword
  layFoundations: LayFoundations
  estates: readonly Estate[]
  queuesOfTeams: QueuesOfTeams
  /** What needs skills, on the floors above. */
  skillNeeds: readonly SkillNeeds[]
}

export function peopleRoutes(parts: PeopleParts): Route[] {
  const { estates } = parts
  const team = teamActions(parts.queuesOfTeams)
  const skill = skillActions(parts.skillNeeds)
  const me = mineActions(parts)
  const first = setUpActions(parts.hashPassword, parts.layFoundations)
  return [
    serve(people.list, listPeople),
    serve(people.show, showPerson(estates)),
    serve(people.create, createPerson(estates)),
    serve(people.edit, editPerson(estates)),
    serve(people.invite, invitePerson(parts.publicUrl)),
    serve(people.changeRole, changeRole(estates)),
    serve(people.unlock, unlockPerson(estates)),
    serve(people.deactivate, deactivatePerson(estates)),
    serve(people.reactivate, reactivatePerson(estates)),
    serve(teams.list, team.list),
    serve(teams.show, team.show),
    serve(teams.create, team.create),
    serve(teams.edit, team.edit),
    serve(teams.setMember, team.setMember),
    serve(teams.removeMember, team.removeMember),
    serve(skills.list, skill.list),
    serve(skills.create, skill.create),
    serve(skills.edit, skill.edit),
    serve(keys.list, listKeys),
    serve(keys.create, createKey),
    serve(keys.revoke, endKey),
    serve(mine.show, me.show),
    serve(mine.saveSettings, me.saveSettings),
    serve(mine.sessions, me.sessions),
    serve(mine.revokeSession, (ctx, input) => me.revokeSession(ctx, input)),
    serve(setup.status, first.status),
    serve(setup.complete, first.complete),
    serve(setup.invitation, first.invitation),
    serve(setup.accept, first.accept),
  ]
}
