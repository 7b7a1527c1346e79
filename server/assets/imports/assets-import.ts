import { claimersOf, fieldsOf } from '../../fields/public.ts'
import { personsNamed } from '../../people/public.ts'
import { Cells } from '../../platform/imports/cells.ts'
import { importedRecords, importedValues } from '../../platform/imports/imported-values.ts'
import { inImport } from '../../platform/imports/in-import.ts'
import type { ImportSettings, ImportSource, SourceRow, SourceRun } from '../../platform/imports/source.ts'
import { assetsById, assetsBySerialKeys, assetsByTags } from '../assets-store.ts'
import { serialKeyIn } from './asset-cells.ts'
import { holderWords } from './asset-cells.ts'
import { assetFields, customAssetFields } from './asset-fields.ts'
import { claimsOf } from './custom-cells.ts'
import { Known, type MadeOnTheWay, writeMade } from './known.ts'
import { type Met, planAsset } from './plan-asset.ts'
import type { AssetPlan } from './plan-change.ts'
import { type AssetImportParts, assetsSource, writeAssets } from './write-assets.ts'

const tagOf = ({ tag = '' }: SourceRow['cells']): string | null => (tag.trim() === '' ? null : tag.trim().toUpperCase())
const serialOf = ({ serial = '' }: SourceRow['cells']): string | null => serialKeyIn(serial)

/** Devices and other things of the register, each row one: found again by tag, then by serial number, then as the last time. */
export const assetsImport = (parts: AssetImportParts): ImportSource => ({
  source: assetsSource,
  title: 'imports.assets.title',
  description: 'imports.assets.description',
  fields: assetFields,
  ownFields: customAssetFields,
  keyField: null,
  needsOneOf: ['tag', 'serial', 'name', 'model'],
  naming(cells) {
    const tag = tagOf(cells)
    const serial = serialOf(cells)
    const identity = tag !== null ? `tag:${tag}` : serial !== null ? `serial:${serial}` : null
    return { label: cells['tag'] || cells['serial'] || cells['name'] || '', identity }
  },
  single: [
    { field: 'tag', compared: tagOf },
    { field: 'serial', compared: serialOf },
  ],
  gathers: (cells) => [tagOf(cells) ?? ''],
  portion: 500,
  options: ['dateOrder', 'currency'],
  begin: (settings) => beginAssets(settings, parts),
})

function beginAssets(settings: ImportSettings, parts: AssetImportParts): SourceRun<AssetPlan | null> {
  const { organisation, dryRun } = settings
  let known: Known | null = null
  let made: MadeOnTheWay = { kinds: [], places: [], vendors: [] }
  const claimed = new Map<string, string>()
  const done = new Set<string>()
  return {
    async plan(db, subjects) {
      if (known === null || !dryRun) known = await Known.load(db, organisation)
      const rows = subjects.map((s) => s.rows[0]!.cells)
      known.hear(await personsNamed(db, organisation, rows.flatMap(holderWords)))
      const tags = rows.flatMap((cells) => tagOf(cells) ?? [])
      const serials = rows.flatMap((cells) => serialOf(cells) ?? [])
      const byTag = new Map((await assetsByTags(db, organisation, tags)).map((a) => [a.tag, a.id]))
      const bySerial = new Map((await assetsBySerialKeys(db, organisation, serials)).map((a) => [a.serialKey, a.id]))
      const identities = subjects.map((s) => s.identity)
      const remembered = await importedRecords(db, organisation, assetsSource, identities)
      const ids = [...new Set([...byTag.values(), ...bySerial.values(), ...remembered.values()])]
      const assets = new Map((await assetsById(db, organisation, ids, !dryRun)).map((a) => [a.id, a]))
      const fields = (await fieldsOf(db, organisation, 'asset')).filter((f) => f.active)
      const claims = rows.flatMap((cells) => claimsOf(new Cells(cells), fields))
      for (const [claim, id] of await claimersOf(db, claims)) claimed.set(claim, id)
      const before = await importedValues(db, assetsSource, ids)
      const met: Met = { byTag, bySerial, remembered, assets, before, fields, claimed, done }
      const planned = subjects.map((subject) => planAsset(subject, met, known!, settings))
      made = known.takeMade()
      return planned
    },
    write: (tx, planned) =>
      inImport(tx, settings, async (ctx) => {
        await writeMade(ctx, made)
        const plans = planned.map((p) => p.plan).filter((plan) => plan !== null)
        await writeAssets(ctx, parts, plans, settings.gathered)
      }),
    report: async () => [],
  }
}
