import { assetCategories, type AssetCategory, assetClasses, depreciationClasses } from '../../contract/asset-models.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { wholeList } from '../ui/ListPage.tsx'
import { ListedForm } from './ListedForm.tsx'
import { ListedPage } from './ListedPage.tsx'
import { RegisterTabs } from './tabs.tsx'

export default function AssetCategoriesPage() {
  const asked = useAsk(assetCategories.list, {})
  return (
    <ListedPage<AssetCategory>
      title={t('assetCategories.title')}
      tabs={<RegisterTabs current="categories" />}
      list={wholeList(asked)}
      columns={[
        { id: 'class', title: t('assetCategories.class'), width: 140, render: (row) => t(`assets.class.${row.class}`) },
        {
          id: 'life',
          title: t('models.life'),
          width: 120,
          render: (row) => (row.lifeMonths === null ? null : t('models.months', { n: row.lifeMonths })),
        },
        {
          id: 'depreciation',
          title: t('assetCategories.depreciation'),
          width: 200,
          render: (row) => row.depreciation?.name,
        },
      ]}
      create={assetCategories.create}
      words={{ add: t('assetCategories.add'), empty: t('assetCategories.empty'), help: t('assetCategories.emptyHelp') }}
      form={(row, close) => <CategoryForm category={row} onClose={close} />}
    />
  )
}

function CategoryForm({ category, onClose }: { category: AssetCategory | null; onClose: () => void }) {
  const known = useAsk(depreciationClasses.list, {})
  return (
    <ListedForm
      create={assetCategories.create}
      edit={assetCategories.edit}
      titles={{ add: t('assetCategories.add'), edit: t('assetCategories.edit') }}
      record={category}
      start={category === null ? { class: 'device' } : { ...category, depreciation: category.depreciation?.id ?? null }}
      fields={[
        { name: 'name', label: t('register.name'), type: 'line', required: true },
        ...(category === null
          ? [
              {
                name: 'class',
                label: t('assetCategories.class'),
                help: t('assetCategories.classHelp'),
                type: 'choose' as const,
                required: true,
                options: assetClasses.map((one) => ({ value: one, label: t(`assets.class.${one}`) })),
              },
            ]
          : []),
        { name: 'lifeMonths', label: t('models.lifeMonths'), type: 'number' },
        { name: 'auditMonths', label: t('assetCategories.auditMonths'), type: 'number' },
        {
          name: 'depreciation',
          label: t('assetCategories.depreciation'),
          type: 'choose',
          options: (known.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        },
      ]}
      onClose={onClose}
    />
  )
}
