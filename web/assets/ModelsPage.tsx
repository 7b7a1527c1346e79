import { assetCategories, type AssetModel, assetModels, manufacturers } from '../../contract/asset-models.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { useAsk, useAskPages } from '../platform/query.ts'
import type { FormField } from '../ui/FieldEntry.tsx'
import { ListedForm } from './ListedForm.tsx'
import { ListedPage } from './ListedPage.tsx'
import { RegisterTabs } from './tabs.tsx'

export default function ModelsPage() {
  const [address] = useAddress()
  const list = useAskPages(assetModels.list, {
    limit: 100,
    ...(address['q'] === undefined ? {} : { q: address['q'] }),
  })
  return (
    <ListedPage<AssetModel>
      title={t('models.title')}
      tabs={<RegisterTabs current="models" />}
      list={list}
      searchable
      columns={[
        { id: 'maker', title: t('assets.manufacturer'), width: 180, render: (row) => row.manufacturer?.name },
        { id: 'number', title: t('models.number'), width: 130, render: (row) => row.number },
        { id: 'category', title: t('assets.category'), width: 160, render: (row) => row.category.name },
        {
          id: 'life',
          title: t('models.life'),
          width: 110,
          render: (row) => (row.lifeMonths === null ? null : t('models.months', { n: row.lifeMonths })),
        },
        {
          id: 'end',
          title: t('models.endOfLife'),
          width: 140,
          render: (row) => (row.endOfLifeOn === null ? null : plainDay(row.endOfLifeOn)),
        },
      ]}
      create={assetModels.create}
      words={{ add: t('models.add'), empty: t('models.empty'), help: t('models.emptyHelp') }}
      form={(row, close) => <ModelForm model={row} onClose={close} />}
    />
  )
}

function ModelForm({ model, onClose }: { model: AssetModel | null; onClose: () => void }) {
  const known = useAsk(assetCategories.list, {})
  const makers = useAsk(manufacturers.list, { limit: 200 })
  const options = (items: readonly { id: string; name: string }[] | undefined) =>
    (items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const fields: FormField[] = [
    { name: 'name', label: t('register.name'), type: 'line', required: true },
    { name: 'number', label: t('models.number'), type: 'line' },
    {
      name: 'category',
      label: t('assets.category'),
      type: 'choose',
      required: true,
      options: options(known.data?.items),
    },
    { name: 'manufacturer', label: t('assets.manufacturer'), type: 'choose', options: options(makers.data?.items) },
    { name: 'lifeMonths', label: t('models.lifeMonths'), help: t('models.lifeHelp'), type: 'number' },
    { name: 'endOfLifeOn', label: t('models.endOfLife'), help: t('models.endHelp'), type: 'day' },
    { name: 'note', label: t('asset.note'), type: 'text', wide: true },
  ]
  return (
    <ListedForm
      create={assetModels.create}
      edit={assetModels.edit}
      titles={{ add: t('models.add'), edit: t('models.edit') }}
      record={model}
      start={
        model === null ? {} : { ...model, category: model.category.id, manufacturer: model.manufacturer?.id ?? null }
      }
      fields={fields}
      texts={['note']}
      onClose={onClose}
    />
  )
}
