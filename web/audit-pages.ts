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
  {
    id: 'attestations',
    path: '/asset-audits/campaigns',
    title: 'attestations.title',
    permission: 'assets.read',
    queries: ['attestations.list'],
    states: list('/asset-audits/campaigns'),
  },
  {
    id: 'attestation',
    path: '/asset-audits/campaigns/$id',
    title: 'attestation.title',
    permission: 'assets.read',
    queries: ['attestations.show'],
    states: record('/asset-audits/campaigns/{campaign}'),
  },
  {
    id: 'my-check',
    path: '/my-things/check',
    title: 'myCheck.title',
    permission: 'signed-in',
    queries: ['my-attestations.list'],
    states: list('/my-things/check'),
  },
] as const satisfies readonly PageSpec[]
