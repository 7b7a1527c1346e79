import { createRootRoute, createRoute, createRouter, Outlet, type AnyRoute } from '@tanstack/react-router'
import { Suspense } from 'react'
import { BrokenPage } from './frame/BrokenPage.tsx'
import { HomePlace } from './frame/HomePlace.tsx'
import { Frame } from './frame/Frame.tsx'
import { NotFoundPage } from './frame/NotFoundPage.tsx'
import { Guarded } from './frame/Guarded.tsx'
import { pages, type PageId } from './pages.ts'
import { parseSearch, stringifySearch } from './platform/address.ts'
import { allSentences } from './platform/i18n.ts'
import { piece, type Load } from './ui/piece.tsx'

/** Each page is a piece of its own, loaded when it is first opened. A page of pages.ts without an entry does not compile. */
const parts: Record<PageId, Load> = {
  'sign-in': () => import('./sign-in/SignInPage.tsx'),
  setup: () => import('./setup/SetupPage.tsx'),
  invitation: () => import('./setup/InvitationPage.tsx'),
  today: () => import('./today/TodayPage.tsx'),
  tickets: () => import('./tickets/TicketsPage.tsx'),
  'ticket-new': () => import('./tickets/OpenTicketPage.tsx'),
  ticket: () => import('./tickets/TicketPage.tsx'),
  'bulk-edits': () => import('./tickets/BulkEditsPage.tsx'),
  'bulk-edit': () => import('./tickets/BulkEditPage.tsx'),
  commitments: () => import('./commitments/CommitmentsPage.tsx'),
  'commitment-series': () => import('./commitments/SeriesPage.tsx'),
  commitment: () => import('./commitments/CommitmentPage.tsx'),
  feeds: () => import('./settings/FeedsPage.tsx'),
  'on-call': () => import('./on-call/OnCallPage.tsx'),
  'on-call-schedule': () => import('./on-call/SchedulePage.tsx'),
  people: () => import('./people/PeoplePage.tsx'),
  person: () => import('./people/PersonPage.tsx'),
  teams: () => import('./people/TeamsPage.tsx'),
  team: () => import('./people/TeamPage.tsx'),
  alerts: () => import('./monitoring/AlertsPage.tsx'),
  alert: () => import('./monitoring/AlertPage.tsx'),
  'alert-sources': () => import('./monitoring/SourcesPage.tsx'),
  'alert-source': () => import('./monitoring/SourcePage.tsx'),
  heartbeats: () => import('./monitoring/HeartbeatsPage.tsx'),
  'service-checks': () => import('./monitoring/ChecksPage.tsx'),
  vendors: () => import('./vendors/VendorsPage.tsx'),
  vendor: () => import('./vendors/VendorPage.tsx'),
  assets: () => import('./assets/AssetsPage.tsx'),
  asset: () => import('./assets/AssetPage.tsx'),
  custody: () => import('./custody/CustodyPage.tsx'),
  'custody-desk': () => import('./custody/DeskPage.tsx'),
  'custody-terms': () => import('./custody/TermsPage.tsx'),
  labels: () => import('./labels/LabelsPage.tsx'),
  attestations: () => import('./attestations/AttestationsPage.tsx'),
  attestation: () => import('./attestations/AttestationPage.tsx'),
  'my-check': () => import('./attestations/MyCheckPage.tsx'),
  'asset-audits': () => import('./asset-audits/AuditsPage.tsx'),
  'register-accuracy': () => import('./asset-audits/AccuracyPage.tsx'),
  'asset-audit': () => import('./asset-audits/AuditPage.tsx'),
  'asset-audit-scan': () => import('./asset-audits/ScanPage.tsx'),
  'my-thing': () => import('./custody/MyThingPage.tsx'),
  'my-things': () => import('./custody/MyThingsPage.tsx'),
  stock: () => import('./assets/StockPage.tsx'),
  'stock-item': () => import('./assets/StockItemPage.tsx'),
  locations: () => import('./register/LocationsPage.tsx'),
  'asset-models': () => import('./assets/ModelsPage.tsx'),
  services: () => import('./assets/ServicesPage.tsx'),
  manufacturers: () => import('./assets/ManufacturersPage.tsx'),
  'asset-categories': () => import('./assets/AssetCategoriesPage.tsx'),
  'depreciation-classes': () => import('./assets/DepreciationPage.tsx'),
  'loan-pools': () => import('./assets/LoanPoolsPage.tsx'),
  'custom-fields': () => import('./register/FieldsPage.tsx'),
  'asset-seen': () => import('./discovery/AssetSeenPage.tsx'),
  'model-failures': () => import('./reports/ModelFailuresPage.tsx'),
  'asset-tickets': () => import('./tickets/AssetTicketsPage.tsx'),
  'asset-software': () => import('./discovery/AssetSoftwarePage.tsx'),
  discovery: () => import('./discovery/DevicesPage.tsx'),
  'discovery-device': () => import('./discovery/DevicePage.tsx'),
  'discovery-pairs': () => import('./discovery/PairsPage.tsx'),
  'discovery-pair': () => import('./discovery/PairPage.tsx'),
  'discovery-agents': () => import('./discovery/AgentsPage.tsx'),
  'discovery-agent': () => import('./discovery/AgentPage.tsx'),
  'discovery-programs': () => import('./discovery/ProgramsPage.tsx'),
  'discovery-program': () => import('./discovery/ProgramPage.tsx'),
  'discovery-unreadable': () => import('./discovery/UnreadablePage.tsx'),
  reconciliation: () => import('./reconciliation/ReconciliationPage.tsx'),
  'reconciliation-rules': () => import('./reconciliation/SettingsPage.tsx'),
  difference: () => import('./reconciliation/DifferencePage.tsx'),
  'snmp-scans': () => import('./discovery/ScansPage.tsx'),
  'agent-keys': () => import('./discovery/AgentKeysPage.tsx'),
  calendars: () => import('./calendars/CalendarsPage.tsx'),
  'calendar-new': () => import('./calendars/NewCalendarPage.tsx'),
  calendar: () => import('./calendars/CalendarPage.tsx'),
  'service-levels': () => import('./service-levels/ServiceLevelsPage.tsx'),
  'service-level-new': () => import('./service-levels/NewServiceLevelPage.tsx'),
  'service-level': () => import('./service-levels/ServiceLevelPage.tsx'),
  imports: () => import('./imports/ImportsPage.tsx'),
  'import-new': () => import('./imports/NewImportPage.tsx'),
  import: () => import('./imports/ImportPage.tsx'),
  'catalogue-setup': () => import('./catalogue/CatalogueSetupPage.tsx'),
  'catalogue-service': () => import('./catalogue/ServicePage.tsx'),
  tasks: () => import('./tickets/TasksPage.tsx'),
  ratings: () => import('./reports/RatingsPage.tsx'),
  'time-report': () => import('./reports/TimePage.tsx'),
  'major-incidents': () => import('./reports/MajorIncidentsPage.tsx'),
  reports: () => import('./reports/ReportsPage.tsx'),
  mail: () => import('./mail/MailPage.tsx'),
  incoming: () => import('./mailboxes/IncomingPage.tsx'),
  'incoming-mail': () => import('./mailboxes/IncomingMailPage.tsx'),
  'explain-mail': () => import('./mailboxes/ExplainMailPage.tsx'),
  mailboxes: () => import('./mailboxes/MailboxesPage.tsx'),
  mailbox: () => import('./mailboxes/MailboxPage.tsx'),
  notifications: () => import('./notifications/NotificationsPage.tsx'),
  'act-link': () => import('./notifications/ActLinkPage.tsx'),
  events: () => import('./events/EventsPage.tsx'),
  system: () => import('./operations/SystemPage.tsx'),
  jobs: () => import('./operations/JobsPage.tsx'),
  backups: () => import('./operations/BackupsPage.tsx'),
  rules: () => import('./settings/RulesPage.tsx'),
  'rule-new': () => import('./automation/NewRulePage.tsx'),
  macros: () => import('./settings/MacrosPage.tsx'),
  rule: () => import('./automation/RulePage.tsx'),
  webhooks: () => import('./webhooks/WebhooksPage.tsx'),
  webhook: () => import('./webhooks/WebhookPage.tsx'),
  settings: () => import('./settings/MySettingsPage.tsx'),
  'my-notifications': () => import('./settings/MyNotificationsPage.tsx'),
  organisation: () => import('./settings/OrganisationPage.tsx'),
  skills: () => import('./settings/SkillsPage.tsx'),
  categories: () => import('./settings/CategoriesPage.tsx'),
  channels: () => import('./settings/ChannelsPage.tsx'),
  keys: () => import('./settings/KeysPage.tsx'),
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Frame,
  notFoundComponent: NotFoundPage,
})

/** Pages whose sentences are there from the first moment. */
const first: readonly PageId[] = ['sign-in', 'today', 'tickets']
const loadOf = (id: PageId): Load =>
  first.includes(id) ? parts[id] : async () => (await Promise.all([parts[id](), allSentences()]))[0]

const routeOf = ({ id, path, permission, title }: (typeof pages)[number], parent: AnyRoute): AnyRoute => {
  const Part = piece(loadOf(id))
  const body = (
    <Suspense fallback={null}>
      <Part />
    </Suspense>
  )
  const component = Object.assign(
    () =>
      permission === 'public' ? (
        body
      ) : (
        <Guarded permission={permission} title={title}>
          {body}
        </Guarded>
      ),
    {
      // the router fetches the piece before it draws the page, and when the pointer nears a link
      preload: Part.preload,
    },
  )
  return createRoute({ getParentRoute: () => parent, path, component } as never)
}
const outer = pages.filter((page) => page.permission === 'public').map((page) => routeOf(page, root))
const inner = pages.filter((page) => page.permission !== 'public').map((page) => routeOf(page, inside))
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: HomePlace,
})

export const router = createRouter({
  routeTree: root.addChildren([home, ...outer, inside.addChildren(inner)]),
  parseSearch,
  stringifySearch,
  defaultErrorComponent: BrokenPage,
  defaultPreload: 'intent',
  defaultPendingMs: 200,
  scrollRestoration: true,
})
