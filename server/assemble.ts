import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import {
  assetRoutes,
  assetSubject,
  categoryNames,
  hasCustomValue,
  mountCertificate,
  mountImpact,
  stockSubject,
} from './assets/public.ts'
import { approvalFacts, approvalRoutes, approvalSubject, decide, expireJob, mayDecide } from './approvals/public.ts'
import { askSubject, attestationRoutes, attestationSubject, followAttestationJob } from './attestations/public.ts'
import { assetAuditRoutes, auditSubject, tellAssetsJob } from './asset-audits/public.ts'
import { automationRoutes, followRules, rulesNeeding, RuleTimer } from './automation/public.ts'
import { auditRoutes, EventSealer, verifyJob } from './audit/public.ts'
import { mountLabels } from './labels/public.ts'
import { custodyRoutes, custodySubject, followRelease, mountReceipts } from './custody/public.ts'
import { catalogueRoutes, followOrders, serviceSubject } from './catalogue/public.ts'
import { calendarRoutes, ensureDefaultCalendar } from './calendars/public.ts'
import {
  commitmentRoutes,
  commitmentSubject,
  seriesSubject,
  CommitmentTimer,
  maySnoozeCommitment,
  snoozeCommitment,
  mountCalendarFeed,
  seriesTimer,
} from './commitments/public.ts'
import { fieldRoutes, openCustomValues } from './fields/public.ts'
import {
  deviceSubject,
  discoveryRoutes,
  linkRegistered,
  mountAgents,
  mountRawInventory,
  programCounter,
  snmpRoutes,
  snmpScanJob,
  snmpTimer,
  takeInventoryJob,
} from './discovery/public.ts'
import { tickets } from '../contract/tickets.ts'
import { savedViewRoutes, savedViewSubject } from './saved-views/public.ts'
import { openContents, mountFiles } from './files/public.ts'
import { importJobs, importRoutes, importSubject, ImportWatch, mountResultFile } from './imports/public.ts'
import { lifeCycleRoutes, lifeCycleTimer } from './life-cycles/public.ts'
import { locationRoutes } from './locations/public.ts'
import { bouncingOf, mailOutlet, mailRoutes, MailSender, mailSubject, mountBounces, testMail } from './mail/public.ts'
import {
  incomingSubject,
  letterComposers,
  mailboxRoutes,
  mailboxSubject,
  mailedByLetter,
  MailFetcher,
  MailIntake,
  mailReplies,
  mountMailGateway,
  mountRemoteImages,
  mountRawMail,
} from './mailboxes/public.ts'
import {
  ChatSender,
  MailLinks,
  mailNotices,
  mountUnsubscribe,
  notificationRoutes,
  notificationSubject,
  NotificationTimer,
  tellBouncing,
  unreadCount,
} from './notifications/public.ts'
import { alertSubject, monitoringRoutes, MonitoringTimer, mountAlerts, mountPings } from './monitoring/public.ts'
import { onCallRoutes, onCallSubject, onCallTimer, takeByWorking } from './on-call/public.ts'
import {
  type Backing,
  BackupClock,
  backupJobs,
  backupRoutes,
  healthRoutes,
  jobRoutes,
  mountMetrics,
} from './operations/public.ts'
import { peopleRoutes, personNames, personSubject } from './people/public.ts'
import { eventsById } from './platform/events.ts'
import type { Job } from './platform/jobs.ts'
import { type Identify, perform, type Route } from './platform/mount.ts'
import type { Reaction, Tap } from './platform/outbox.ts'
import type { Platform } from './platform/platform.ts'
import {
  differenceKindSubject,
  mountDifferencesExport,
  queueDevices,
  reconciliationRoutes,
  reconciliationTap,
  reconciliationTimer,
} from './reconciliation/public.ts'
import { portalRoutes } from './portal/public.ts'
import { hasLiveIncident, incidentMail, majorIncidentRoutes, majorIncidentSubject } from './major-incidents/public.ts'
import { mayRate, ratingRoutes, rateTicket } from './satisfaction/public.ts'
import { asIfJob, mountPromiseExports, promiseCounter, reportRoutes } from './reports/public.ts'
import { searchRoutes } from './search/public.ts'
import {
  ensureDefaultServiceLevel,
  followCalendars,
  forgetLevels,
  levelsChannel,
  levelsUsingCalendars,
  retargetJob,
  serviceLevelRoutes,
  ZoneWatch,
} from './service-levels/public.ts'
import {
  bulkEditJob,
  bulkSubject,
  categoriesNeeding,
  mountBulkReport,
  mountTimeExport,
  ensureDefaultQueue,
  queuesOfTeams,
  queuesServed,
  mayTakeTicket,
  takeTicket,
  tellOfChildren,
  tellPeople,
  taskSubject,
  ticketRoutes,
  ticketSubject,
} from './tickets/public.ts'
import { mailDigest, todayRoutes } from './today/public.ts'
import { estates } from './estates.ts'
import { importSources } from './import-sources.ts'
import { vendorRoutes, vendorSubject } from './vendors/public.ts'
import { webhookRoutes, WebhookSender, webhookTap } from './webhooks/public.ts'

export interface Given {
  organisation: string
  connection: pg.PoolConfig
  /** The database is the one that came along. */
  embedded: boolean
  hashPassword: (password: string) => Promise<string>
}

/** Work on a clock of its own, on every node. */
export interface Timer {
  start(): void
  stop(): Promise<void>
}

export interface Parts {
  routes: Route[]
  /** Addresses that are not actions: uploads, downloads. */
  special: ((app: FastifyInstance, identify: Identify) => void)[]
  reactions: Reaction[]
  taps: Tap[]
  jobs: Job[]
  timers: Timer[]
  listeners: [channel: string, hear: (payload: string) => void][]
}

/** The only place that knows every capability: what each contributes, and what one hands another. */
export function assemble(platform: Platform, given: Given): Parts {
  const { db } = platform.database
  const { subjects } = platform
  subjects.register(ticketSubject)
  subjects.register(savedViewSubject)
  subjects.register(bulkSubject)
  subjects.register(taskSubject)
  subjects.register(serviceSubject)
  subjects.register(notificationSubject)
  subjects.register(commitmentSubject)
  subjects.register(seriesSubject(subjects))
  subjects.register(vendorSubject)
  subjects.register(deviceSubject)
  subjects.register(differenceKindSubject)
  subjects.register(personSubject)
  subjects.register(assetSubject)
  subjects.register(stockSubject)
  subjects.register(custodySubject)
  subjects.register(auditSubject)
  subjects.register(attestationSubject)
  subjects.register(askSubject)
  subjects.register(approvalSubject(subjects))
  subjects.register(onCallSubject)
  subjects.register(importSubject)
  subjects.register(mailSubject)
  subjects.register(alertSubject)
  subjects.register(mailboxSubject)
  subjects.register(incomingSubject)
  subjects.register(majorIncidentSubject)
  const { mail: mailSettings, publicUrl } = platform.config
  const links = new MailLinks(platform, {
    mayTake: mayTakeTicket,
    maySnooze: maySnoozeCommitment(subjects),
    mayDecide: mayDecide(subjects),
    mayRate,
  })
  const snooze = snoozeCommitment(subjects)
  const customValues = openCustomValues({ secret: platform.secret, personNames })
  const contents = openContents(platform.config)
  const outlet = mailOutlet(mailSettings)
  const composers = [
    testMail(publicUrl),
    incidentMail(publicUrl),
    mailNotices(platform, links),
    mailDigest(platform, links),
    ...letterComposers({ platform, contents }),
  ]
  const intake = new MailIntake({
    platform,
    contents,
    outlet,
    onBouncing: tellBouncing,
  })
  const sources = importSources(platform)
  const reactions: Reaction[] = [
    tellPeople(db, mailedByLetter(platform, outlet)),
    tellOfChildren(db),
    mailReplies(platform, outlet),
    followCalendars(platform),
    takeByWorking(platform),
    linkRegistered(platform),
    followRelease(platform),
    followRules(platform),
    followOrders(platform),
  ]
  const react: Job = {
    task: 'react',
    async run({ reaction, event }) {
      const found = reactions.find((r) => r.name === reaction)
      const [recorded] = await eventsById(db, [event as string])
      if (found !== undefined && recorded !== undefined) await found.react(recorded)
    },
  }
  const backing: Backing = {
    platform,
    organisation: given.organisation,
    connection: given.connection,
    embedded: given.embedded,
    act(actor, action, input) {
      const route = parts.routes.find((one) => one.action.name === action.name)
      if (route === undefined) throw new Error(`nothing carries out ${action.name}`)
      return perform(platform, route, actor, input)
    },
  }
  const parts: Parts = {
    routes: [
      ...peopleRoutes({
        publicUrl: platform.config.publicUrl,
        hashPassword: given.hashPassword,
        layFoundations: async (ctx, organisation, { zone, administrator }) => {
          const calendar = await ensureDefaultCalendar(ctx.tx, organisation, zone)
          await ensureDefaultServiceLevel(ctx.tx, organisation, calendar)
          await ensureDefaultQueue(ctx.tx, organisation, administrator)
        },
        estates,
        queuesOfTeams,
        skillNeeds: [categoriesNeeding, rulesNeeding],
        queuesServed,
        unread: unreadCount,
      }),
      ...calendarRoutes({ usedBy: levelsUsingCalendars }),
      ...commitmentRoutes(subjects, platform.config.publicUrl),
      ...approvalRoutes(subjects),
      ...onCallRoutes(subjects),
      ...serviceLevelRoutes(subjects),
      ...vendorRoutes,
      ...locationRoutes({ personNames }),
      ...fieldRoutes({
        setsOf: { asset: categoryNames },
        isUsed: (tx, _kind, organisation, key) => hasCustomValue(tx, organisation, key),
      }),
      ...assetRoutes(customValues),
      ...custodyRoutes,
      ...assetAuditRoutes(customValues),
      ...attestationRoutes,
      ...discoveryRoutes(customValues),
      ...snmpRoutes(platform),
      ...lifeCycleRoutes,
      ...reconciliationRoutes(customValues),
      ...ticketRoutes({ hasLiveIncident }),
      ...savedViewRoutes({ tickets: tickets.list.input }),
      ...catalogueRoutes(subjects),
      ...ratingRoutes,
      ...majorIncidentRoutes(outlet),
      ...portalRoutes(subjects),
      ...notificationRoutes(platform, {
        bouncingOf,
        acts: {
          take: takeTicket,
          snooze: async (ctx, id, until, reason) => void (await snooze(ctx, { id, until, reason })),
          decide: async (ctx, id, approve, comment) => void (await decide(subjects)(ctx, { id, approve, comment })),
          facts: approvalFacts(subjects),
          rate: async (ctx, id, score, words) => void (await rateTicket(ctx, { id, score, words })),
        },
      }),
      ...mailRoutes(mailSettings),
      ...mailboxRoutes(platform, contents, () => intake.wake()),
      ...todayRoutes(subjects),
      ...importRoutes(sources, subjects, contents),
      ...reportRoutes,
      ...searchRoutes,
      ...auditRoutes(subjects),
      ...automationRoutes,
      ...monitoringRoutes(platform),
      ...webhookRoutes(platform),
      ...healthRoutes(platform, given.embedded),
      ...jobRoutes,
      ...backupRoutes(backing),
    ],
    special: [
      mountMetrics(platform),
      mountFiles(platform, contents),
      mountResultFile(platform),
      mountBulkReport(platform),
      mountTimeExport(platform),
      mountCertificate(platform),
      mountImpact(platform),
      mountCalendarFeed(platform),
      mountPromiseExports(platform),
      mountReceipts(platform),
      mountLabels(platform),
      mountUnsubscribe(platform),
      mountRemoteImages(platform),
      mountBounces(platform, tellBouncing),
      mountMailGateway(platform, contents, () => intake.wake()),
      mountRawMail(platform, contents),
      mountAgents({ platform, customValues }),
      mountRawInventory(platform),
      mountAlerts(platform),
      mountPings(platform),
      mountDifferencesExport(platform),
    ],
    reactions,
    taps: [webhookTap, reconciliationTap],
    jobs: [
      verifyJob(platform, given.organisation),
      ...backupJobs(backing),
      react,
      retargetJob(platform),
      bulkEditJob(platform),
      tellAssetsJob(platform),
      followAttestationJob(platform),
      asIfJob(platform),
      expireJob(platform),
      takeInventoryJob({ platform, customValues }),
      snmpScanJob({ platform, customValues }),
      ...importJobs(platform, sources, contents),
    ],
    timers: [
      new EventSealer(platform),
      new WebhookSender(platform),
      new BackupClock(backing),
      new CommitmentTimer(platform),
      new ZoneWatch(platform),
      promiseCounter(platform),
      programCounter(platform),
      snmpTimer(platform),
      lifeCycleTimer(platform, queueDevices),
      reconciliationTimer(platform, customValues),
      seriesTimer(platform),
      onCallTimer(platform),
      new MonitoringTimer(platform),
      new RuleTimer(platform),
      new ImportWatch(platform),
      new NotificationTimer(platform, { mail: outlet }),
      intake,
      new ChatSender(platform, links),
      new MailFetcher(platform, contents, () => intake.wake()),
      ...(mailSettings === null
        ? []
        : [new MailSender(platform, mailSettings, { composers, onBouncing: tellBouncing })]),
    ],
    listeners: [[levelsChannel, forgetLevels]],
  }
  return parts
}
