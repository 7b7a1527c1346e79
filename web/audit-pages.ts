import { list, type PageSpec, record } from './page-spec.ts'

/** Whether what we have is there. */
export const auditPages = [
  {
    id: 'asset-audits',
    path: '/asset-audits',
    title: 'audits.title',
    permission: 'assets.read',
    queries: ['asset-audits.list'],
    states: list('/asset-audits'),
  },
  {
    id: 'register-accuracy',
    path: '/asset-audits/accuracy',
    title: 'accuracy.title',
    permission: 'assets.read',
    queries: ['asset-audits.accuracy'],
    states: list('/asset-audits/accuracy'),
  },
  {
    id: 'asset-audit',
    path: '/asset-audits/$id',
    title: 'audit.title',
    permission: 'assets.read',
    queries: ['asset-audits.show'],
    states: record('/asset-audits/{audit}'),
  },
  {
    id: 'asset-audit-scan',
    path: '/asset-audits/$id/scan',
    title: 'auditScan.title',
    permission: 'assets.work',
    queries: ['asset-audits.show'],
    states: record('/asset-audits/{audit}/scan'),
  },
] as const satisfies readonly PageSpec[]
