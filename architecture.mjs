/**
 * The map: a capability imports from floors below its own, never from its own or from above (test/walls reads this).
 * A floor may name capabilities that are still to come.
 */
export const floors = [
  // foundations: know nothing of IT work
  ['audit', 'files', 'fields', 'calendars', 'locations'],
  // organisations, persons, accounts, teams, sites, roles
  ['people'],
  // what a list shows, kept under a name
  ['saved-views'],
  ['notes', 'notifications', 'mail'],
  ['on-call'],
  ['commitments'],
  ['approvals'],
  // registers: what we have
  ['knowledge', 'vendors'],
  ['service-levels'],
  ['assets'],
  // who has what of it, from when to when; what is stuck on it
  ['custody', 'labels'],
  // what agents see
  ['discovery'],
  // until when what is seen is supported
  ['life-cycles'],
  // whether it is there: audits of the register, and what people say of what they have
  ['asset-audits'],
  ['attestations'],
  // where the register and what is seen differ
  ['reconciliation'],
  ['software'],
  // work: what we do
  ['tickets', 'procurement'],
  // how it comes in: mail, and what watches the devices
  ['mailboxes', 'monitoring'],
  // what people can order of IT, and what becomes of it
  ['catalogue', 'satisfaction', 'major-incidents'],
  ['changes', 'lifecycle', 'projects', 'compliance'],
  // lenses: look at all of it, imported by none
  ['today', 'search', 'reports', 'automation', 'integrations', 'imports', 'operations', 'webhooks', 'portal'],
]

/** Folders of the web app that are no capability: the frame around them all, and the kit below them all. */
export const webFrame = ['frame', 'setup', 'sign-in', 'settings', 'register', 'imports', 'events']
export const webGround = ['platform', 'ui', 'public']

/** Packages a rule may use: they compute, and touch neither clock nor network nor disk. */
export const purePackages = ['date-holidays', 'rrule-temporal']

/** Packages the contract may use. */
export const contractPackages = ['zod']
