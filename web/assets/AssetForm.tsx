import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { assetCategories, assetModels, loanPools } from '../../contract/asset-models.ts'
import { type Asset, assets } from '../../contract/assets.ts'
import { fields } from '../../contract/fields.ts'
import { vendors } from '../../contract/vendors.ts'
import { changedValues } from '../fields/changed-values.ts'
import { FieldInputs, type FieldValues } from '../fields/FieldInputs.tsx'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import type { FormField, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { stateWord } from './words.tsx'
import { moneyInput, locationInput, named } from './form-fields.tsx'

/** What the asset has now, in the form of the inputs. */
const startOf = (asset: Asset) => ({
  ...asset,
  model: asset.model?.id ?? null,
  category: asset.category.id,
  location: asset.location?.id ?? null,
  pool: asset.pool?.id ?? null,
  vendor: asset.vendor?.id ?? null,
  warrantyVendor: asset.warrantyVendor?.id ?? null,
  endOfLifeOn: asset.endOfLife?.from === 'asset' ? asset.endOfLife.on : null,
  fields: Object.fromEntries(asset.fields.filter((f) => !f.encrypted).map((f) => [f.key, f.value])),
})

/** Register an asset, or change one. Custom fields are those of its category. */
export function AssetForm({ asset, onClose }: { asset: Asset | null; onClose: () => void }) {
  const navigate = useNavigate()
  const models = useAsk(assetModels.list, { active: true, limit: 200 })
  const categories = useAsk(assetCategories.list, { active: true })
  const pools = useAsk(loanPools.list, { active: true })
  const suppliers = useAsk(vendors.list, { limit: 200 })
  const custom = useAsk(fields.list, { kind: 'asset' })
  const register = useAct(assets.register, { onDone: (made) => void navigate({ to: paths.asset(made.tag) }) })
  const edit = useAct(assets.edit, {
    onDone: (after) => {
      onClose()
      if (after.tag !== asset?.tag) void navigate({ to: paths.asset(after.tag), replace: true })
    },
  })
  const act = asset === null ? register : edit
  const modelList = (models.data?.items ?? []).filter((m) => m.class !== 'accessory' && m.class !== 'consumable')
  const categoryOf = (values: Values): string | null =>
    modelList.find((m) => m.id === values['model'])?.category.id ?? (values['category'] as string | null) ?? null
  const fieldsOf = (values: Values) =>
    (custom.data?.items ?? []).filter(
      (field) => field.active && (field.sets.length === 0 || field.sets.some((set) => set.id === categoryOf(values))),
    )
  const names = new Map(
    (asset?.fields ?? []).flatMap((f) =>
      f.type === 'person' && f.value !== null ? [[String(f.value), f.text ?? '']] : [],
    ),
  )
  const shown: FormField[] = [
    {
      name: 'model',
      label: t('assets.model'),
      type: 'choose',
      options: modelList.map((m) => ({
        value: m.id,
        label: [m.manufacturer?.name, m.name, m.number].filter((part) => part != null).join(' '),
      })),
    },
    {
      name: 'category',
      label: t('assets.category'),
      help: t('assets.categoryHelp'),
      type: 'choose',
      options: named((categories.data?.items ?? []).filter((c) => c.class !== 'accessory' && c.class !== 'consumable')),
      off: (values) => values['model'] != null,
    },
    { name: 'tag', label: t('assets.tag'), help: asset === null ? t('assets.tagHelp') : undefined, type: 'line' },
    { name: 'serial', label: t('assets.serial'), type: 'line' },
    { name: 'name', label: t('assets.name'), type: 'line' },
    ...(asset === null
      ? [
          {
            name: 'state',
            label: t('assets.state'),
            type: 'choose',
            options: (['ordered', 'received', 'in_stock'] as const).map((s) => ({ value: s, label: stateWord(s) })),
          } satisfies FormField,
        ]
      : []),
    locationInput(),
    { name: 'pool', label: t('asset.pool'), type: 'choose', options: named(pools.data?.items) },
    { name: 'vendor', label: t('asset.vendor'), type: 'choose', options: named(suppliers.data?.items) },
    { name: 'orderNumber', label: t('asset.order'), type: 'line' },
    { name: 'purchasedOn', label: t('asset.purchased'), type: 'day' },
    { name: 'inServiceOn', label: t('asset.inService'), type: 'day' },
    moneyInput('cost', t('asset.cost')),
    { name: 'warrantyUntil', label: t('assets.warranty'), type: 'day' },
    { name: 'warrantyVendor', label: t('asset.warrantyVendor'), type: 'choose', options: named(suppliers.data?.items) },
    { name: 'supportTerms', label: t('asset.support'), type: 'line' },
    { name: 'leaseUntil', label: t('asset.lease'), type: 'day' },
    { name: 'endOfLifeOn', label: t('asset.endOfLife'), help: t('asset.endOfLifeHelp'), type: 'day' },
    { name: 'nextAuditOn', label: t('asset.nextAudit'), type: 'day' },
    {
      name: 'fields',
      label: t('asset.fields'),
      type: 'own',
      wide: true,
      render: ({ value, set, values }) => (
        <FieldInputs
          fields={fieldsOf(values)}
          values={(value as FieldValues | undefined) ?? {}}
          names={names}
          person={(input) => <PersonField {...input} />}
          onChange={set}
          error={act.error}
        />
      ),
    },
    { name: 'note', label: t('asset.note'), type: 'text', wide: true },
  ]
  const [start] = useState(() => (asset === null ? { fields: {} } : startOf(asset)))
  const submit = (values: Values, version: number | undefined): void => {
    const { tag, category, name, note, state, fields: given, ...rest } = values
    const sent = {
      ...rest,
      name: name ?? '',
      note: note ?? '',
      fields: changedValues(fieldsOf(values), start.fields, (given as FieldValues | undefined) ?? {}),
      ...(tag == null || tag === asset?.tag ? {} : { tag }),
      ...(category == null ? {} : { category }),
    } as never
    if (asset === null) register.mutate({ ...(sent as object), ...(state == null ? {} : { state }) } as never)
    else edit.mutate({ ...(sent as object), id: asset.id, version })
  }
  return (
    <RecordForm
      title={t(asset === null ? 'assets.register' : 'assets.edit')}
      verb={t(asset === null ? 'assets.register' : 'save')}
      fields={shown}
      start={start}
      version={asset?.version}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
