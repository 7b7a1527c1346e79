import { differences, reconciliationSettings } from '../../contract/reconciliation.ts'
import { lifeCycles } from '../../contract/life-cycles.ts'
import type { Probe } from './probes.ts'

/** One good request to each action about what differs, and about until when things are supported. */
export const reconciliationProbes: Record<string, Probe> = {
  'differences.list': ({ client }) => client(differences.list, {}),
  'differences.counts': ({ client }) => client(differences.counts, {}),
  'differences.show': async ({ client, ground }) => client(differences.show, { id: await ground.difference('open') }),
  'differences.mend': async ({ client, ground }) => client(differences.mend, { id: await ground.difference('open') }),
  'differences.mend-many': async ({ client, ground }) =>
    client(differences.mendMany, { ids: [await ground.difference('open')] }),
  'differences.undo': async ({ client, ground }) => {
    const id = await ground.difference('open')
    await ground.insider(differences.mend, { id })
    return client(differences.undo, { id })
  },
  'differences.leave': async ({ client, ground, fresh }) =>
    client(differences.leave, { ids: [await ground.difference('open')], reason: fresh }),
  'differences.reopen': async ({ client, ground }) =>
    client(differences.reopen, { id: await ground.difference('left') }),
  'reconciliation-settings.show': ({ client }) => client(reconciliationSettings.show, {}),
  'reconciliation-settings.save': ({ client }) =>
    client(reconciliationSettings.save, { kinds: { unseen: { days: 31 } } }),
  'life-cycles.of-device': ({ client, ground }) => client(lifeCycles.ofDevice, { id: ground.discovered.device }),
  'life-cycles.of-program': ({ client, ground }) => client(lifeCycles.ofProgram, { id: ground.discovered.program }),
  'life-cycles.out-of-support': ({ client }) => client(lifeCycles.outOfSupport, {}),
}
