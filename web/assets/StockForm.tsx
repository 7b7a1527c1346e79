import { useNavigate } from '@tanstack/react-router'
import { assetCategories, manufacturers } from '../../contract/asset-models.ts'
import { stock, type StockItem } from '../../contract/stock.ts'
import { vendors } from '../../contract/vendors.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import type { FormField, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { moneyInput, locationInput, named } from './form-fields.tsx'

/** Add an item of stock, or change one. How many there are moves by what comes and goes. */
export function StockForm({ item, onClose }: { item: StockItem | null; onClose: () => void }) {
  const navigate = useNavigate()
  const categories = useAsk(assetCategories.list, { active: true })
  const makers = useAsk(manufacturers.list, { active: true, limit: 200 })
  const suppliers = useAsk(vendors.list, { limit: 200 })
  const create = useAct(stock.create, { onDone: (made) => void navigate({ to: paths.stockItem(made.id) }) })
  const edit = useAct(stock.edit, { onDone: onClose })
  const act = item === null ? create : edit
  const fields: FormField[] = [
    { name: 'name', label: t('register.name'), type: 'line', required: true },
    { name: 'number', label: t('stock.number'), type: 'line' },
    {
      name: 'category',
      label: t('assets.category'),
      type: 'choose',
      required: true,
      options: named((categories.data?.items ?? []).filter((c) => c.class === 'accessory' || c.class === 'consumable')),
    },
    { name: 'manufacturer', label: t('assets.manufacturer'), type: 'choose', options: named(makers.data?.items) },
    locationInput(),
    { name: 'vendor', label: t('asset.vendor'), type: 'choose', options: named(suppliers.data?.items) },
    ...(item === null
      ? [{ name: 'quantity', label: t('stock.quantity'), type: 'number', required: true } satisfies FormField]
      : []),
    { name: 'minimum', label: t('stock.minimum'), help: t('stock.minimumHelp'), type: 'number' },
    moneyInput('cost', t('stock.cost')),
    { name: 'note', label: t('asset.note'), type: 'text', wide: true },
    ...(item === null ? [] : [{ name: 'active', label: t('register.active'), type: 'check' } satisfies FormField]),
  ]
  const submit = ({ note, ...values }: Values, version: number | undefined): void => {
    const sent = { ...values, note: note ?? '' } as never
    if (item === null) create.mutate(sent)
    else edit.mutate({ ...(sent as object), id: item.id, version })
  }
  return (
    <RecordForm
      title={t(item === null ? 'stock.add' : 'stock.edit')}
      verb={t(item === null ? 'stock.add' : 'save')}
      fields={fields}
      start={
        item === null
          ? { quantity: 0 }
          : {
              ...item,
              category: item.category.id,
              manufacturer: item.manufacturer?.id ?? null,
              location: item.location?.id ?? null,
              vendor: item.vendor?.id ?? null,
            }
      }
      version={item?.version}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
