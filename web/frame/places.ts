import {
  IconActivity,
  IconBriefcase,
  IconTransfer,
  IconBuildingStore,
  IconChartBar,
  IconCalendarTime,
  IconCategory,
  IconClipboardCheck,
  IconClockCheck,
  IconDevices,
  IconFileImport,
  IconHistory,
  IconInbox,
  IconListCheck,
  IconMail,
  IconPackages,
  IconPhoneCall,
  IconRadar2,
  IconScale,
  IconServer,
  IconShoppingBag,
  IconSettings,
  IconStack2,
  IconSun,
  IconTargetArrow,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react'
import type { Permission } from '../../contract/permissions.ts'
import type { FirstKey } from '../platform/catalogue.ts'
import { paths } from '../platform/paths.ts'

export interface Place {
  to: string
  title: FirstKey
  icon: Icon
  permission: Permission | 'signed-in'
  group: 'work' | 'registers' | 'rules'
}

/** The navigation; an entry without its permission is not shown. */
export const places: readonly Place[] = [
  { to: paths.today, title: 'today.title', icon: IconSun, permission: 'today.read', group: 'work' },
  { to: paths.tickets, title: 'queue.title', icon: IconStack2, permission: 'tickets.read', group: 'work' },
  {
    to: paths.commitments,
    title: 'commitments.title',
    icon: IconClockCheck,
    permission: 'commitments.read',
    group: 'work',
  },
  { to: paths.tasks, title: 'tasks.title', icon: IconListCheck, permission: 'tickets.work', group: 'work' },
  { to: paths.reports, title: 'reports.place', icon: IconChartBar, permission: 'reports.read', group: 'registers' },
  { to: paths.myThings, title: 'myThings.title', icon: IconBriefcase, permission: 'signed-in', group: 'work' },
  { to: paths.onCall, title: 'onCall.title', icon: IconPhoneCall, permission: 'on-call.read', group: 'work' },
  { to: paths.assets, title: 'assets.title', icon: IconDevices, permission: 'assets.read', group: 'registers' },
  {
    to: paths.custody,
    title: 'custody.title',
    icon: IconTransfer,
    permission: 'assets.read',
    group: 'registers',
  },
  {
    to: paths.audits,
    title: 'audits.title',
    icon: IconClipboardCheck,
    permission: 'assets.read',
    group: 'registers',
  },
  { to: paths.stock, title: 'stock.title', icon: IconPackages, permission: 'assets.read', group: 'registers' },
  {
    to: paths.reconciliation,
    title: 'differences.page',
    icon: IconScale,
    permission: 'assets.read',
    group: 'registers',
  },
  {
    to: paths.discovery,
    title: 'discovery.title',
    icon: IconRadar2,
    permission: 'discovery.read',
    group: 'registers',
  },
  {
    to: paths.alerts,
    title: 'alerts.title',
    icon: IconActivity,
    permission: 'monitoring.read',
    group: 'work',
  },
  { to: paths.people, title: 'people.title', icon: IconUsers, permission: 'people.read', group: 'registers' },
  { to: paths.teams, title: 'teams.title', icon: IconUsersGroup, permission: 'people.read', group: 'registers' },
  {
    to: paths.vendors,
    title: 'vendors.title',
    icon: IconBuildingStore,
    permission: 'vendors.read',
    group: 'registers',
  },
  {
    to: paths.serviceLevels,
    title: 'serviceLevels.title',
    icon: IconTargetArrow,
    permission: 'service-levels.read',
    group: 'rules',
  },
  {
    to: paths.calendars,
    title: 'calendars.title',
    icon: IconCalendarTime,
    permission: 'calendars.read',
    group: 'rules',
  },
  {
    to: paths.assetModels,
    title: 'register.nav',
    icon: IconCategory,
    permission: 'assets.configure',
    group: 'rules',
  },
  { to: paths.imports, title: 'imports.title', icon: IconFileImport, permission: 'imports.run', group: 'rules' },
  { to: paths.incoming, title: 'incoming.title', icon: IconInbox, permission: 'mail.manage', group: 'rules' },
  {
    to: paths.catalogueSetup,
    title: 'catalogueSetup.title',
    icon: IconShoppingBag,
    permission: 'tickets.configure',
    group: 'rules',
  },
  { to: paths.mail, title: 'mail.title', icon: IconMail, permission: 'mail.manage', group: 'rules' },
  { to: paths.system, title: 'system.title', icon: IconServer, permission: 'system.read', group: 'rules' },
  { to: paths.events, title: 'events.title', icon: IconHistory, permission: 'events.read', group: 'rules' },
  {
    to: paths.organisation,
    title: 'organisation.nav',
    icon: IconSettings,
    permission: 'tickets.configure',
    group: 'rules',
  },
]
