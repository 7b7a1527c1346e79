import type { CustomValues } from '../../fields/public.ts'
import { Cells, plannedRow } from '../../platform/imports/cells.ts'
import { inImport } from '../../platform/imports/in-import.ts'
import type { ImportSettings, ImportSource, SourceRun } from '../../platform/imports/source.ts'
import { serialKey } from '../../assets/public.ts'
import { agentsOfSender, candidatesFor, lockIdentities, seenUnchanged, type Sender } from '../agents-store.ts'
import { matchDevice } from '../rules/match-device.ts'
import type { ExportDialect } from '../rules/media-types.ts'
import { exportedHash, hashOfIdentity, takeExported } from '../take-inventory.ts'
import { exportFields } from './export-fields.ts'
import { type Exported, readExported } from './read-exported.ts'

/** The programs whose exports are read, each as an observer of the devices it lists. */
const programs: Record<ExportDialect, { source: string; client: string }> = {
  intune: { source: 'intune', client: 'Intune' },
  entra: { source: 'entra-devices', client: 'Entra' },
  jamf: { source: 'jamf', client: 'Jamf Pro' },
  sccm: { source: 'sccm', client: 'Configuration Manager' },
  lansweeper: { source: 'lansweeper', client: 'Lansweeper' },
}

interface ExportPlan {
  exported: Exported
  isUnchanged: boolean
}

/** Exports of devices: each row is the report of an observer, taken in as that of an agent is. */
export const exportImports = (customValues: CustomValues): ImportSource[] =>
  (Object.keys(programs) as ExportDialect[]).map((dialect) => ({
    source: programs[dialect].source,
    title: `imports.${programs[dialect].source}.title`,
    description: 'imports.exports.description',
    fields: exportFields(dialect),
    keyField: null,
    needsOneOf: ['serial', 'uuid', 'mac', 'wifiMac', 'directoryId'],
    naming(cells) {
      const serial = serialKey(cells['serial'] ?? '')
      const id = cells['deviceId'] || cells['directoryId'] || ''
      return {
        label: cells['name'] || cells['serial'] || id,
        identity: serial !== null ? `serial:${serial}` : id === '' ? null : `id:${id.toLowerCase()}`,
      }
    },
    options: ['dateOrder', 'zone'],
    begin: (settings) => beginExport(settings, dialect, customValues),
  }))

function beginExport(
  settings: ImportSettings,
  dialect: ExportDialect,
  customValues: CustomValues,
): SourceRun<ExportPlan | null> {
  const { organisation } = settings
  const senderOf = (sentId: string): Sender => ({ organisation, sentId, task: 'export', dialect })
  const heard = { client: programs[dialect].client, address: null, key: null }
  return {
    async plan(db, subjects) {
      const planned = []
      for (const subject of subjects) {
        const cells = new Cells(subject.rows[0]!.cells)
        const exported = readExported(cells, settings)
        if (exported === null) {
          planned.push(plannedRow(subject, 'rejected', [{ code: 'imports.device-nameless', params: {} }], null))
          continue
        }
        const hash = hashOfIdentity(exported.identity)
        const own = (await agentsOfSender(db, senderOf(exported.sentId))).find((a) => a.identity_hash.equals(hash))
        const isUnchanged = own?.content_hash.equals(exportedHash(exported.device)) === true
        const isKnown = own !== undefined || (await isDevice(exported))
        const verdict = isUnchanged ? 'unchanged' : isKnown ? 'updated' : 'created'
        planned.push(plannedRow<ExportPlan | null>(subject, verdict, cells.warnings, { exported, isUnchanged }))
      }
      return planned

      async function isDevice({ identity }: Exported): Promise<boolean> {
        return matchDevice(identity, await candidatesFor(db, organisation, identity)).device !== null
      }
    },
    write: (tx, planned) =>
      inImport(tx, settings, async (ctx) => {
        const plans = planned.map((p) => p.plan).filter((plan) => plan !== null)
        await lockIdentities(
          tx,
          organisation,
          plans.map(({ exported }) => exported.identity),
          dialect,
        )
        for (const { exported, isUnchanged } of plans) {
          const { sentId, identity, device, lastSeenAt } = exported
          const sender = senderOf(sentId)
          // a device is seen when the program saw it, not when its export is read
          const seenThen = { ...ctx, now: lastSeenAt }
          if (isUnchanged) await seenUnchanged(tx, sender, { contentHash: exportedHash(device) }, heard, lastSeenAt)
          else await takeExported(seenThen, customValues, { sender, heard, identity, device })
        }
      }),
    report: async () => [],
  }
}
