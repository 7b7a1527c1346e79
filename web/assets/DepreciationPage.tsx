import { type DepreciationClass, depreciationClasses } from '../../contract/asset-models.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { wholeList } from '../ui/ListPage.tsx'
import { ListedForm } from './ListedForm.tsx'
import { ListedPage } from './ListedPage.tsx'
import { RegisterTabs } from './tabs.tsx'

export default function DepreciationPage() {
  const asked = useAsk(depreciationClasses.list, {})
  return (
    <ListedPage<DepreciationClass>
      title={t('depreciation.title')}
      tabs={<RegisterTabs current="depreciation" />}
      list={wholeList(asked)}
      columns={[
        {
          id: 'months',
          title: t('depreciation.over'),
          width: 140,
          render: (row) => t('models.months', { n: row.months }),
        },
        {
          id: 'salvage',
          title: t('depreciation.salvage'),
          width: 140,
          render: (row) => t('depreciation.percent', { n: row.salvagePercent }),
        },
      ]}
      create={depreciationClasses.create}
      words={{ add: t('depreciation.add'), empty: t('depreciation.empty'), help: t('depreciation.emptyHelp') }}
      form={(row, close) => (
        <ListedForm
          create={depreciationClasses.create}
          edit={depreciationClasses.edit}
          titles={{ add: t('depreciation.add'), edit: t('depreciation.edit') }}
          record={row}
          start={row === null ? { months: 36, salvagePercent: 0 } : { ...row }}
          fields={[
            { name: 'name', label: t('register.name'), type: 'line', required: true },
            { name: 'months', label: t('depreciation.months'), type: 'number', required: true },
            { name: 'salvagePercent', label: t('depreciation.salvagePercent'), type: 'number', required: true },
          ]}
          onClose={close}
        />
      )}
    />
  )
}
