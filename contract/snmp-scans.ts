import { z } from 'zod'
import { command, id, instant, line, listOf, page, query, refusals } from './action.ts'

/** A network that Linchpin looks through by SNMP. What opens it is never shown again. */
export const snmpScan = z.object({
  id,
  name: z.string(),
  networks: z.string(),
  port: z.int(),
  protocol: z.enum(['2c', '3']),
  everyHours: z.int().nullable(),
  nextAt: instant.nullable(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** Addresses asked, and those that answered, the last time. */
  asked: z.int().nullable(),
  found: z.int().nullable(),
  refusals,
})
export type SnmpScan = z.output<typeof snmpScan>

const secret = z.string().min(1).max(200)
/** SNMPv2c (RFC 1901): a community. SNMPv3 (RFC 3414): a user with authentication and privacy. */
export const snmpAccess = z.discriminatedUnion('protocol', [
  z.object({ protocol: z.literal('2c'), community: secret }),
  z.object({
    protocol: z.literal('3'),
    user: line(80),
    authentication: z.enum(['sha', 'sha256', 'sha512', 'md5']),
    authenticationKey: secret.min(8),
    privacy: z.enum(['aes', 'aes256r', 'des']),
    privacyKey: secret.min(8),
  }),
])
export type SnmpAccess = z.output<typeof snmpAccess>

export const snmpScans = {
  list: query({
    name: 'snmp-scans.list',
    path: '/snmp-scans',
    permission: 'discovery.manage',
    summary: 'Networks that are looked through by SNMP, never what opens them.',
    input: z.object({ ...page }),
    output: listOf(snmpScan),
  }),
  create: command({
    name: 'snmp-scans.create',
    method: 'POST',
    path: '/snmp-scans',
    permission: 'discovery.manage',
    summary: 'Look through a network by SNMP, now and again.',
    input: z.object({
      name: line(80),
      networks: line(500),
      port: z.int().min(1).max(65535).default(161),
      access: snmpAccess,
      everyHours: z.int().min(1).max(720).nullable().default(24),
    }),
    output: snmpScan,
  }),
  start: command({
    name: 'snmp-scans.start',
    method: 'POST',
    path: '/snmp-scans/{id}/start',
    permission: 'discovery.manage',
    summary: 'Look through a network now.',
    input: z.object({ id }),
    output: snmpScan,
  }),
  remove: command({
    name: 'snmp-scans.remove',
    method: 'DELETE',
    path: '/snmp-scans/{id}',
    permission: 'discovery.manage',
    summary: 'Look through a network no more; what was found stays.',
    input: z.object({ id }),
    output: z.object({ removed: z.boolean() }),
  }),
}
