/** Every address of the app, in one place: a record has one canonical address by reference. */
export const paths = {
  today: '/today',
  tickets: '/tickets',
  ticketsOf: (filter: Record<string, string>) => `/tickets?${new URLSearchParams(filter).toString()}`,
  newTicket: '/tickets/new',
  bulkEdits: '/tickets/bulk-edits',
  bulkEdit: (id: string) => `/tickets/bulk-edits/${id}`,
  /** A new ticket about a device, with what it is about where that is known. */
  newTicketAbout: (tag: string, title?: string) =>
    `/tickets/new?${new URLSearchParams({ asset: tag, ...(title === undefined ? {} : { title }) }).toString()}`,
  ticket: (reference: string) => `/tickets/${encodeURIComponent(reference)}`,
  people: '/people',
  person: (id: string) => `/people/${id}`,
  teams: '/teams',
  team: (id: string) => `/teams/${id}`,
  calendars: '/calendars',
  newCalendar: '/calendars/new',
  calendar: (id: string) => `/calendars/${id}`,
  serviceLevels: '/service-levels',
  newServiceLevel: '/service-levels/new',
  serviceLevel: (id: string) => `/service-levels/${id}`,
  commitments: '/commitments',
  commitment: (reference: string) => `/commitments/${encodeURIComponent(reference)}`,
  commitmentSeries: '/commitments/recurring',
  feeds: '/settings/feeds',
  onCall: '/on-call',
  onCallSchedule: (id: string) => `/on-call/${id}`,
  assets: '/assets',
  assetsOf: (filter: Record<string, string>) => `/assets?${new URLSearchParams(filter).toString()}`,
  asset: (tag: string) => `/assets/${encodeURIComponent(tag)}`,
  custody: '/custody',
  custodyDesk: (given: Record<string, string> = {}) =>
    `/custody/desk${Object.keys(given).length === 0 ? '' : `?${new URLSearchParams(given).toString()}`}`,
  custodyTerms: '/custody/terms',
  labels: (tags: readonly string[] = []) =>
    `/labels${tags.length === 0 ? '' : `?${new URLSearchParams({ assets: tags.join(',') }).toString()}`}`,
  attestations: '/asset-audits/campaigns',
  attestation: (id: string) => `/asset-audits/campaigns/${id}`,
  myCheck: '/my-things/check',
  audits: '/asset-audits',
  accuracy: '/asset-audits/accuracy',
  audit: (id: string) => `/asset-audits/${id}`,
  auditScan: (id: string) => `/asset-audits/${id}/scan`,
  myThings: '/my-things',
  myThing: (tag: string) => `/my-things/${encodeURIComponent(tag)}`,
  stock: '/stock',
  stockItem: (id: string) => `/stock/${id}`,
  locations: '/locations',
  assetModels: '/asset-models',
  manufacturers: '/manufacturers',
  services: '/services',
  assetCategories: '/asset-categories',
  depreciation: '/depreciation-classes',
  loanPools: '/loan-pools',
  customFields: '/custom-fields',
  assetSeen: (tag: string) => `/assets/${encodeURIComponent(tag)}/seen`,
  assetTickets: (tag: string) => `/assets/${encodeURIComponent(tag)}/tickets`,
  assetSoftware: (tag: string) => `/assets/${encodeURIComponent(tag)}/software`,
  reconciliation: '/reconciliation',
  reconciliationSettings: '/reconciliation/rules',
  difference: (id: string) => `/reconciliation/${id}`,
  discovery: '/discovery',
  device: (id: string) => `/discovery/devices/${id}`,
  devicePairs: '/discovery/pairs',
  devicePair: (id: string) => `/discovery/pairs/${id}`,
  agents: '/discovery/agents',
  agent: (id: string) => `/discovery/agents/${id}`,
  programs: '/discovery/programs',
  program: (id: string) => `/discovery/programs/${id}`,
  unreadableReports: '/discovery/unreadable',
  agentKeys: '/discovery/keys',
  snmpScans: '/discovery/snmp',
  alerts: '/monitoring',
  alert: (id: string) => `/monitoring/alerts/${id}`,
  alertSources: '/monitoring/sources',
  alertSource: (id: string) => `/monitoring/sources/${id}`,
  heartbeats: '/monitoring/heartbeats',
  serviceChecks: '/monitoring/checks',
  vendors: '/vendors',
  vendor: (id: string) => `/vendors/${id}`,
  imports: '/imports',
  newImport: '/imports/new',
  import: (id: string) => `/imports/${id}`,
  reports: '/reports',
  modelFailures: '/reports/models',
  mail: '/mail',
  incoming: '/incoming',
  incomingMail: (id: string) => `/incoming/${id}`,
  explainMail: '/incoming/explain',
  mailboxes: '/incoming/mailboxes',
  mailbox: (id: string) => `/incoming/mailboxes/${id}`,
  notifications: '/notifications',
  events: '/events',
  settings: '/settings',
  myNotifications: '/settings/notifications',
  organisation: '/settings/organisation',
  categories: '/settings/categories',
  skills: '/settings/skills',
  rules: '/settings/rules',
  macros: '/settings/macros',
  newRule: '/settings/rules/new',
  rule: (id: string) => `/settings/rules/${id}`,
  keys: '/settings/keys',
  channels: '/settings/channels',
  system: '/system',
  jobs: '/system/jobs',
  backups: '/system/backups',
  webhooks: '/system/webhooks',
  webhook: (id: string) => `/system/webhooks/${id}`,
  signIn: '/sign-in',
  home: '/',
  tasks: '/tasks',
  catalogueSetup: '/catalogue-setup',
  catalogueService: (id: string) => `/catalogue-setup/${id}`,
  portal: '/portal',
  portalServices: '/portal/services',
  portalOrder: (id: string) => `/portal/services/${id}`,
  portalAsk: '/portal/ask',
  portalRequests: '/portal/requests',
  portalRequest: (reference: string) => `/portal/requests/${encodeURIComponent(reference)}`,
  portalPreview: (id: string) => `/portal/preview/${id}`,
  ratings: '/reports/ratings',
  timeReport: '/reports/time',
  majorIncidents: '/reports/major-incidents',
  portalIncident: (id: string) => `/portal/incidents/${id}`,
  portalApprovals: '/portal/approvals',
  portalApproval: (id: string) => `/portal/approvals/${id}`,
} as const

/**
 * Where a subject of any kind is shown; null for kinds that have no page yet. `own`: the reader sees of the register only what is their own.
 */
export function addressOfSubject(
  subject: { kind: string; id: string; reference?: string },
  own = false,
): string | null {
  switch (subject.kind) {
    case 'ticket':
      return paths.ticket(subject.reference ?? subject.id)
    case 'approval':
      return paths.portalApproval(subject.id)
    case 'major_incident':
      return own || subject.reference === undefined ? paths.portalIncident(subject.id) : paths.ticket(subject.reference)
    case 'ticket_task':
      return paths.tasks
    case 'catalogue_service':
      return paths.catalogueService(subject.id)
    case 'commitment':
      return paths.commitment(subject.reference ?? subject.id)
    case 'on_call':
      return paths.onCallSchedule(subject.id)
    case 'person':
      return paths.person(subject.id)
    case 'team':
      return paths.team(subject.id)
    case 'difference_kind':
      return `${paths.reconciliation}?kind=${encodeURIComponent(subject.reference ?? '')}`
    case 'alert':
      return paths.alert(subject.id)
    case 'device':
      return paths.device(subject.id)
    case 'asset':
      return (own ? paths.myThing : paths.asset)(subject.reference ?? subject.id)
    case 'asset_audit':
      return paths.audit(subject.id)
    case 'attestation':
      return paths.attestation(subject.id)
    case 'attestation_person':
      return paths.myCheck
    case 'custody':
      return paths.myThings
    case 'stock':
      return paths.stockItem(subject.id)
    case 'location':
      return paths.locations
    case 'vendor':
      return paths.vendor(subject.id)
    case 'import':
      return paths.import(subject.id)
    case 'calendar':
      return paths.calendar(subject.id)
    case 'service-level':
      return paths.serviceLevel(subject.id)
    case 'queue':
      return paths.ticketsOf({ queue: subject.id, view: 'open' })
    default:
      return null
  }
}

/** The way back after signing in: only within this app. */
export const safeReturn = (wanted: string | undefined): string =>
  wanted !== undefined && /^\/(?![/\\])/.test(wanted) ? wanted : paths.home
