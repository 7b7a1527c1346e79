import { form, list, type PageSpec, record } from './page-spec.ts'

/** The pages of the portal: an app of its own beside that of IT, light enough for a phone on the way. */
export const portalPages = [
  {
    id: 'portal',
    path: '/portal',
    title: 'portal.title',
    permission: 'signed-in',
    queries: ['portal.home'],
    states: { ...list('/portal'), empty: 'form', noPermission: 'public' },
  },
  {
    id: 'portal-catalogue',
    path: '/portal/services',
    title: 'portal.services',
    permission: 'tickets.open',
    queries: ['catalogue.list'],
    states: list('/portal/services'),
  },
  {
    id: 'portal-order',
    path: '/portal/services/$id',
    title: 'portal.order',
    permission: 'tickets.open',
    queries: ['catalogue.show'],
    states: record('/portal/services/{service}'),
  },
  {
    id: 'portal-ask',
    path: '/portal/ask',
    title: 'portal.ask',
    permission: 'tickets.open',
    queries: ['my-things.list'],
    states: form('/portal/ask'),
  },
  {
    id: 'portal-requests',
    path: '/portal/requests',
    title: 'portal.requests',
    permission: 'signed-in',
    queries: ['portal.requests'],
    states: { ...list('/portal/requests'), noPermission: 'public' },
  },
  {
    id: 'portal-request',
    path: '/portal/requests/$reference',
    title: 'portal.request',
    permission: 'tickets.read',
    queries: ['tickets.show'],
    states: record('/portal/requests/{ticket}'),
  },
  {
    id: 'portal-approvals',
    path: '/portal/approvals',
    title: 'portal.approvals',
    permission: 'signed-in',
    queries: ['my-approvals.list'],
    states: { ...list('/portal/approvals'), noPermission: 'public' },
  },
  {
    id: 'portal-approval',
    path: '/portal/approvals/$id',
    title: 'portal.approval',
    permission: 'signed-in',
    queries: ['approvals.show'],
    states: { ...record('/portal/approvals/{approval}'), noPermission: 'public' },
  },
  {
    id: 'portal-preview',
    path: '/portal/preview/$id',
    title: 'portal.preview',
    permission: 'tickets.configure',
    queries: ['catalogue-setup.show'],
    states: record('/portal/preview/{service}'),
  },
] as const satisfies readonly PageSpec[]
export type PortalPageId = (typeof portalPages)[number]['id']
