/**
 * Who may do what. A role is a list of permissions; what of it one may see is decided by visibility (queues served,
 * confidentiality, organisation), in the store of each capability.
 */
export const roles = ['requester', 'technician', 'coordinator', 'manager', 'auditor', 'administrator'] as const
export type Role = (typeof roles)[number]

export const permissions = [
  'tickets.read', // see one's own tickets, and those that role and teams show
  'tickets.open', // open a ticket, answer one's own
  'tickets.work', // work the tickets of the queues one serves
  'tickets.all', // see the tickets of every queue (confidential ones excepted)
  'tickets.configure', // queues, categories, priority matrix
  'people.read',
  'people.write',
  'keys.manage',
  'calendars.read',
  'calendars.write',
  'service-levels.read',
  'service-levels.write',
  'commitments.read',
  'commitments.write', // waive, hand over
  'commitments.make', // make commitments by hand, finish, move and put aside one's own
  'commitments.all', // see the commitments by hand of everybody, private ones excepted
  'on-call.read', // who is on call; calls about records one sees
  'on-call.write', // schedules, everybody's shifts
  'vendors.read',
  'vendors.write',
  'assets.read',
  'assets.work', // move assets on in their life cycle, hand them out and take them back, count stock
  'assets.write', // register and change assets
  'assets.configure', // models, categories, locations, custom fields
  'fields.secrets', // read the encrypted values of custom fields, each reading recorded
  'discovery.read', // what agents see on the network
  'discovery.manage', // agent keys, what becomes of devices that are new, which devices are one
  'imports.run',
  'today.read',
  'reports.read', // figures of what one sees
  'events.read', // the log of every act
  'events.erase', // erase the personal part of an event
  'system.read', // health, jobs
  'system.manage', // jobs tried again and given up, backups
  'monitoring.read', // alerts, heartbeats and checks
  'monitoring.manage', // where alerts come from, what is expected and checked; hand alerts in
  'webhooks.manage',
  'mail.manage', // see what was mailed and what came back, try again, chat channels of the organisation
] as const
export type Permission = (typeof permissions)[number]

const work: Permission[] = [
  'tickets.read',
  'tickets.open',
  'tickets.work',
  'people.read',
  'calendars.read',
  'service-levels.read',
  'commitments.read',
  'on-call.read',
  'vendors.read',
  'assets.read',
  'discovery.read',
  'monitoring.read',
  'today.read',
  'reports.read',
]

export const permissionsOf: Record<Role, readonly Permission[]> = {
  requester: ['tickets.read', 'tickets.open'],
  technician: [...work, 'commitments.write', 'commitments.make', 'assets.work'],
  coordinator: [
    ...work,
    'commitments.write',
    'commitments.make',
    'commitments.all',
    'on-call.write',
    'tickets.all',
    'tickets.configure',
    'people.write',
    'calendars.write',
    'service-levels.write',
    'vendors.write',
    'assets.work',
    'assets.write',
    'assets.configure',
    'fields.secrets',
    'discovery.manage',
    'monitoring.manage',
    'imports.run',
    'mail.manage',
  ],
  manager: [...work.filter((p) => p !== 'tickets.work'), 'tickets.all', 'commitments.make', 'commitments.all'],
  auditor: [
    'tickets.read',
    'tickets.all',
    'people.read',
    'calendars.read',
    'service-levels.read',
    'commitments.read',
    'commitments.all',
    'on-call.read',
    'vendors.read',
    'assets.read',
    'discovery.read',
    'monitoring.read',
    'today.read',
    'reports.read',
    'events.read',
    'system.read',
  ],
  administrator: [...permissions],
}

/** Whether a role holds a permission. */
export const may = (role: Role, permission: Permission): boolean => permissionsOf[role].includes(permission)
