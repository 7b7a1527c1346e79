import type { Input, Output } from '../../../contract/action.ts'
import { snmpScans } from '../../../contract/snmp-scans.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Route, serve } from '../../platform/mount.ts'
import type { Platform } from '../../platform/platform.ts'
import { isReachable } from '../../platform/private-addresses.ts'
import { seal } from '../../platform/sealing.ts'
import { addressesOf } from '../rules/networks.ts'
import { purpose, scanTask } from './scan-job.ts'
import { insertScan, planNext, removeScan, scanById, scanPage, shownScan, type StoredScan } from './scans-store.ts'

export function snmpRoutes(platform: Platform): Route[] {
  const held = async (ctx: Ctx, id: string): Promise<StoredScan> => {
    const scan = await scanById(ctx.tx, id, true)
    if (scan === undefined || scan.organisation_id !== ctx.actor.organisation) throw notFound('scan')
    return scan
  }
  const begin = async (ctx: Ctx, id: string): Promise<void> => {
    await planNext(ctx.tx, id, ctx.now)
    ctx.addJob(scanTask, { scan: id }, { key: `${scanTask}:${id}` })
  }

  async function create(ctx: Ctx, input: Input<typeof snmpScans.create>): Promise<Output<typeof snmpScans.create>> {
    const { name, networks, port, access, everyHours } = input
    const listed = addressesOf(networks)
    if (!Array.isArray(listed)) throw invalid('networks', listed.code, listed.params)
    if (!listed.every((address) => isReachable(address, platform.outgoing.allowed)))
      throw invalid('networks', 'outgoing.private')
    const id = newId()
    await insertScan(ctx.tx, {
      id,
      organisation_id: ctx.actor.organisation,
      name,
      networks,
      port,
      protocol: access.protocol,
      secret: seal(platform.secret, `${purpose} ${id}`, JSON.stringify(access)),
      every_hours: everyHours,
    })
    await begin(ctx, id)
    ctx.record({
      type: 'snmp-scan.created',
      subject: { kind: 'snmp-scan', id },
      after: { name, networks, port, protocol: access.protocol, everyHours },
    })
    return shownScan(await held(ctx, id))
  }

  return [
    serve(snmpScans.list, (ctx, input) => scanPage(ctx.tx, ctx.actor.organisation, input.limit, input.after)),
    serve(snmpScans.create, create),
    serve(snmpScans.start, async (ctx, input) => {
      const scan = await held(ctx, input.id)
      await begin(ctx, scan.id)
      ctx.record({ type: 'snmp-scan.started', subject: { kind: 'snmp-scan', id: scan.id }, after: { name: scan.name } })
      return shownScan(await held(ctx, scan.id))
    }),
    serve(snmpScans.remove, async (ctx, input) => {
      const scan = await held(ctx, input.id)
      await removeScan(ctx.tx, scan.id)
      ctx.record({
        type: 'snmp-scan.removed',
        subject: { kind: 'snmp-scan', id: scan.id },
        before: { name: scan.name },
      })
      return { removed: true }
    }),
  ]
}
