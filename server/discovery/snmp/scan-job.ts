import { isAfter } from '../../../contract/instants.ts'
import { deflateSync } from 'node:zlib'
import { type SnmpAccess, snmpAccess } from '../../../contract/snmp-scans.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { DueRounds } from '../../platform/due-rounds.ts'
import type { Job } from '../../platform/jobs.ts'
import type { Platform } from '../../platform/platform.ts'
import { isReachable } from '../../platform/private-addresses.ts'
import { unseal } from '../../platform/sealing.ts'
import { addressesOf } from '../rules/networks.ts'
import { readReport } from '../rules/read-report.ts'
import type { Tree } from '../rules/values.ts'
import { type Intake, takeReport } from '../take-inventory.ts'
import { askDevice } from './ask-device.ts'
import { dueScans, noteEnd, noteStart, planNext, scanById, type StoredScan } from './scans-store.ts'

export const purpose = 'snmp'
export const scanTask = 'snmp-scan'
const atOnce = 16

/** What opens a network; null where it cannot be read any more. */
function accessOf(secret: Buffer, scan: StoredScan): SnmpAccess | null {
  const opened = unseal(secret, `${purpose} ${scan.id}`, scan.secret)
  return opened === null ? null : snmpAccess.parse(JSON.parse(opened))
}

/** Asks every address of a network, and takes in what answers. */
export const snmpScanJob = (intake: Intake): Job => ({
  task: scanTask,
  async run({ scan: id }, signal) {
    const { platform } = intake
    const { db } = platform.database
    const scan = await scanById(db, id as string)
    const access = scan === undefined ? null : accessOf(platform.secret, scan)
    const listed = scan === undefined ? [] : addressesOf(scan.networks)
    if (scan === undefined || access === null || !Array.isArray(listed)) return
    // what an operator no longer allows is no longer asked
    const targets = listed.filter((address) => isReachable(address, platform.outgoing.allowed))
    await noteStart(db, scan.id)
    let next = 0
    let found = 0
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (next < targets.length && !signal.aborted) {
          const target = targets[next++]!
          try {
            const content = await askDevice(target, scan.port, access, signal)
            if (content === null) continue
            found++
            await take(intake, scan, target, content)
          } catch (error) {
            // the next device is asked all the same
            platform.log.warn({ scan: scan.id, error: (error as Error).message }, 'a device could not be taken in')
          }
        }
      }),
    )
    if (!signal.aborted) await noteEnd(db, scan.id, targets.length, found)
  },
})

async function take(intake: Intake, scan: StoredScan, target: string, content: Tree): Promise<void> {
  const sent = { deviceid: `snmp ${scan.name}`, action: 'netinventory', itemtype: 'NetworkEquipment', content }
  const text = JSON.stringify(sent)
  await takeReport(intake, {
    key: { id: scan.id, organisation: scan.organisation_id, name: `SNMP ${scan.name}` },
    received: {
      organisation: scan.organisation_id,
      key: null,
      requestId: null,
      receivedAt: new Date().toISOString(),
      contentType: 'application/json',
      body: deflateSync(text),
      size: Buffer.byteLength(text),
      address: target,
      client: 'SNMP',
    },
    report: readReport(sent),
    dialect: 'snmp',
    violations: () => Promise.resolve({ violations: [], count: 0 }),
    textHash: null,
  })
}

/** Asks for the scans that have come due, each once, whichever node comes first. */
export const snmpTimer = (platform: Platform): DueRounds =>
  new DueRounds(platform, {
    pauseMs: 30_000,
    roundFailed: 'scans could not be looked through; trying again',
    oneFailed: 'a scan could not be begun; it is tried again',
    due: dueScans,
    async take(ctx: Ctx, id: string) {
      const scan = await scanById(ctx.tx, id, true)
      if (scan?.next_at == null || isAfter(scan.next_at, ctx.now)) return
      await planNext(ctx.tx, id, ctx.now)
      ctx.addJob(scanTask, { scan: id }, { key: `${scanTask}:${id}` })
    },
  })
