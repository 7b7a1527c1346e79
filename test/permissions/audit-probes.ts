import { randomUUID } from 'node:crypto'
import { assetAudits } from '../../contract/asset-audits.ts'
import type { Ground } from './ground.ts'
import type { Probe } from './probes.ts'

const planned = (blind = false) => ({
  name: 'Some audit',
  scope: { kind: 'everything' as const },
  plannedOn: '2090-01-01',
  dueOn: '2090-01-02',
  blind,
})
const scanned = (code: string) => ({ id: randomUUID(), code, scannedAt: new Date().toISOString() })

/** An audit that is being scanned, with something scanned. */
export async function auditOf(ground: Ground, blind = false): Promise<string> {
  const { id } = await ground.insider(assetAudits.plan, planned(blind))
  await ground.insider(assetAudits.start, { id })
  await ground.insider(assetAudits.scan, { id, scans: [scanned('SOME CODE')] })
  return id
}
/** One whose scanning has ended, with the row that is to be settled. */
async function reviewed(ground: Ground): Promise<{ id: string; rows: string[] }> {
  const id = await auditOf(ground)
  await ground.insider(assetAudits.endScanning, { id })
  const { items } = await ground.insider(assetAudits.rows, { id, bucket: 'new' })
  return { id, rows: items.map((row) => row.id) }
}
const leave = { remedy: 'leave' as const, reason: 'not needed' }
const newAudit = async (ground: Ground) => (await ground.insider(assetAudits.plan, planned())).id

/** One good request to each action about audits of the register. */
export const auditProbes: Record<string, Probe> = {
  'asset-audits.list': ({ client }) => client(assetAudits.list, {}),
  'asset-audits.show': async ({ client, ground }) => client(assetAudits.show, { id: await newAudit(ground) }),
  'asset-audits.rows': async ({ client, ground }) => client(assetAudits.rows, { id: await auditOf(ground) }),
  'asset-audits.rows#blind': async ({ client, ground }) =>
    client(assetAudits.rows, { id: await auditOf(ground, true) }),
  'asset-audits.scans': async ({ client, ground }) => client(assetAudits.scans, { id: await auditOf(ground, true) }),
  'asset-audits.history': async ({ client, ground }) => client(assetAudits.history, { id: await newAudit(ground) }),
  'asset-audits.of-asset': ({ client, ground }) => client(assetAudits.ofAsset, { id: ground.register.asset }),
  'asset-audits.plan': ({ client, ground, fresh }) =>
    client(assetAudits.plan, { ...planned(), name: fresh, owner: ground.asker.id }),
  'asset-audits.edit': async ({ client, ground, fresh }) =>
    client(assetAudits.edit, { id: await newAudit(ground), name: fresh }),
  'asset-audits.start': async ({ client, ground }) => client(assetAudits.start, { id: await newAudit(ground) }),
  'asset-audits.scan': async ({ client, ground }) =>
    client(assetAudits.scan, { id: await auditOf(ground, true), scans: [scanned('ANOTHER CODE')] }),
  'asset-audits.end-scanning': async ({ client, ground }) =>
    client(assetAudits.endScanning, { id: await auditOf(ground) }),
  'asset-audits.settle': async ({ client, ground }) =>
    client(assetAudits.settle, { ...(await reviewed(ground)), ...leave }),
  'asset-audits.confirm-found': async ({ client, ground }) =>
    client(assetAudits.confirmFound, { id: (await reviewed(ground)).id }),
  'asset-audits.leave-rest': async ({ client, ground }) =>
    client(assetAudits.leaveRest, { id: (await reviewed(ground)).id, reason: leave.reason }),
  'asset-audits.reopen': async ({ client, ground }) => {
    const audit = await reviewed(ground)
    await ground.insider(assetAudits.settle, { ...audit, ...leave })
    return client(assetAudits.reopen, audit)
  },
  'asset-audits.close': async ({ client, ground }) => {
    const { id } = await reviewed(ground)
    await ground.insider(assetAudits.leaveRest, { id, reason: leave.reason })
    return client(assetAudits.close, { id })
  },
  'asset-audits.accuracy': ({ client }) => client(assetAudits.accuracy, {}),
  'asset-audits.cancel': async ({ client, ground }) =>
    client(assetAudits.cancel, { id: await newAudit(ground), reason: 'not needed' }),
}
