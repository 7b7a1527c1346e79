import { z } from 'zod'
import {
  basedOn,
  command,
  email,
  givenDate,
  id,
  instant,
  line,
  listOf,
  page,
  plainDate,
  query,
  queryBoolean,
  ref,
  refusals,
} from './action.ts'
import { roles } from './permissions.ts'

export const role = z.enum(roles)
/** An IANA time zone name (`Europe/Berlin`). */
export const zoneName = z
  .string()
  .min(1)
  .max(64)
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone })
      return true
    } catch {
      return false
    }
  }, 'is not a time zone this system knows, such as Europe/Berlin')

export const personKind = z.enum(['employee', 'contractor', 'vendor_contact'])

/** What of an account a person's page shows; the account itself belongs to the sign-in. */
export const account = z.object({
  role,
  status: z.enum(['invited', 'active', 'locked', 'disabled']),
  lastSignInAt: instant.nullable(),
  secondFactor: z.boolean(),
})

export const personRow = z.object({
  id,
  version: z.int(),
  name: z.string(),
  email: z.string().nullable(),
  kind: personKind,
  department: z.string().nullable(),
  site: z.string().nullable(),
  active: z.boolean(),
  role: role.nullable(),
  teams: z.array(ref),
})
export type PersonRow = z.output<typeof personRow>

export const person = personRow.extend({
  emails: z.array(z.string()),
  /** The name that the person signs in with at work, as directories know it; not that of an account here. */
  username: z.string().nullable(),
  jobTitle: z.string().nullable(),
  employeeNumber: z.string().nullable(),
  costCentre: z.string().nullable(),
  phone: z.string().nullable(),
  manager: ref.nullable(),
  sponsor: ref.nullable(),
  skills: z.array(ref),
  startsOn: plainDate.nullable(),
  endsOn: plainDate.nullable(),
  account: account.nullable(),
  openTickets: z.int(),
  createdAt: instant,
  refusals,
})
export type Person = z.output<typeof person>

const personFields = {
  name: line(120),
  emails: z.array(email).max(10),
  kind: personKind,
  department: line().nullable(),
  site: line().nullable(),
  costCentre: line(40).nullable(),
  username: line(120).nullable(),
  jobTitle: line(200).nullable(),
  employeeNumber: line(40).nullable(),
  phone: line(40).nullable(),
  manager: id.nullable(),
  sponsor: id.nullable(),
  skills: z.array(id).max(50),
  startsOn: givenDate.nullable(),
  endsOn: givenDate.nullable(),
}
const editable = z.object(personFields).partial()

export const team = z.object({
  id,
  version: z.int(),
  name: z.string(),
  lead: ref.nullable(),
  members: z.array(ref.extend({ confidential: z.boolean() })),
  queues: z.array(ref),
  active: z.boolean(),
  refusals,
})
export type Team = z.output<typeof team>

/** The address a person opens to choose a password; shown once. */
export const invitation = z.object({ link: z.string(), expiresAt: instant })

export const people = {
  list: query({
    name: 'people.list',
    path: '/people',
    permission: 'people.read',
    summary: 'Persons, by name.',
    input: z.object({
      q: z.string().max(200).optional(),
      active: queryBoolean.optional(),
      role: role.optional(),
      team: id.optional(),
      skill: id.optional(),
      ...page,
    }),
    output: listOf(personRow),
  }),
  show: query({
    name: 'people.show',
    path: '/people/{id}',
    permission: 'people.read',
    summary: 'One person with account, teams and manager.',
    input: z.object({ id }),
    output: person,
  }),
  create: command({
    name: 'people.create',
    method: 'POST',
    path: '/people',
    permission: 'people.write',
    summary: 'Record a person (no account yet).',
    input: editable.extend({ name: personFields.name }),
    output: person,
  }),
  edit: command({
    name: 'people.edit',
    method: 'PATCH',
    path: '/people/{id}',
    permission: 'people.write',
    summary: "Change a person's record.",
    input: editable.extend({ id, version: basedOn }),
    output: person,
  }),
  invite: command({
    name: 'people.invite',
    answersSecret: true,
    method: 'POST',
    path: '/people/{id}/invitation',
    permission: 'people.write',
    summary: 'Give the person an account (or a new link) and answer the one-time link that sets its password.',
    input: z.object({ id, role }),
    output: invitation,
  }),
  changeRole: command({
    name: 'people.change-role',
    method: 'PUT',
    path: '/people/{id}/role',
    permission: 'people.write',
    summary: "Change the role of the person's account.",
    input: z.object({ id, role }),
    output: person,
  }),
  unlock: command({
    name: 'people.unlock',
    method: 'DELETE',
    path: '/people/{id}/lock',
    permission: 'people.write',
    summary: 'Lift the lock that too many failed sign-ins set.',
    input: z.object({ id }),
    output: person,
  }),
  deactivate: command({
    name: 'people.deactivate',
    method: 'POST',
    path: '/people/{id}/deactivation',
    permission: 'people.write',
    summary: 'End the account and its sessions and hand everything the person owns to another.',
    input: z.object({ id, handOverTo: id.nullable(), version: basedOn }),
    output: z.object({
      person,
      handedOver: z.object({
        tickets: z.int(),
        tasks: z.int(),
        commitments: z.int(),
        approvals: z.int(),
        incidents: z.int().meta({ description: 'Major incidents that go on, with a role in them' }),
        views: z.int().meta({ description: 'Views that are shared' }),
        teams: z.int(),
      }),
    }),
  }),
  reactivate: command({
    name: 'people.reactivate',
    method: 'DELETE',
    path: '/people/{id}/deactivation',
    permission: 'people.write',
    summary: 'Make a person active again; the account stays closed until invited.',
    input: z.object({ id }),
    output: person,
  }),
}

export const teams = {
  list: query({
    name: 'teams.list',
    path: '/teams',
    permission: 'people.read',
    summary: 'Teams with members and queues.',
    input: z.object({ q: z.string().max(200).optional(), ...page }),
    output: listOf(team),
  }),
  show: query({
    name: 'teams.show',
    path: '/teams/{id}',
    permission: 'people.read',
    summary: 'One team.',
    input: z.object({ id }),
    output: team,
  }),
  create: command({
    name: 'teams.create',
    method: 'POST',
    path: '/teams',
    permission: 'people.write',
    summary: 'Create a team.',
    input: z.object({ name: line(120), lead: id.nullable().optional() }),
    output: team,
  }),
  edit: command({
    name: 'teams.edit',
    method: 'PATCH',
    path: '/teams/{id}',
    permission: 'people.write',
    summary: 'Rename a team, change its lead, close it.',
    input: z.object({
      id,
      name: line(120).optional(),
      lead: id.nullable().optional(),
      active: z.boolean().optional(),
      version: basedOn,
    }),
    output: team,
  }),
  setMember: command({
    name: 'teams.set-member',
    method: 'PUT',
    path: '/teams/{id}/members/{person}',
    permission: 'people.write',
    summary: 'Add a member, or say whether the member sees confidential tickets.',
    input: z.object({ id, person: id, confidential: z.boolean().default(false) }),
    output: team,
  }),
  removeMember: command({
    name: 'teams.remove-member',
    method: 'DELETE',
    path: '/teams/{id}/members/{person}',
    permission: 'people.write',
    summary: 'Remove a member.',
    input: z.object({ id, person: id }),
    output: team,
  }),
}
