import { Link } from '@tanstack/react-router'
import { type LoanPool, loanPools } from '../../contract/asset-models.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { wholeList } from '../ui/ListPage.tsx'
import { ListedForm } from './ListedForm.tsx'
import { ListedPage } from './ListedPage.tsx'
import { RegisterTabs } from './tabs.tsx'
import { locationInput } from './form-fields.tsx'

export default function LoanPoolsPage() {
  const asked = useAsk(loanPools.list, {})
  return (
    <ListedPage<LoanPool>
      title={t('pools.title')}
      tabs={<RegisterTabs current="pools" />}
      list={wholeList(asked)}
      columns={[
        { id: 'location', title: t('assets.location'), width: 220, render: (row) => row.location?.name },
        {
          id: 'days',
          title: t('pools.loanDays'),
          width: 120,
          render: (row) => t('pools.days', { n: row.loanDays }),
        },
        {
          id: 'free',
          title: t('pools.free'),
          width: 130,
          render: (row) => (
            <Link to={paths.assetsOf({ pool: row.id })}>{t('pools.freeOf', { free: row.free, size: row.size })}</Link>
          ),
        },
      ]}
      create={loanPools.create}
      words={{ add: t('pools.add'), empty: t('pools.empty'), help: t('pools.emptyHelp') }}
      form={(row, close) => (
        <ListedForm
          create={loanPools.create}
          edit={loanPools.edit}
          titles={{ add: t('pools.add'), edit: t('pools.edit') }}
          record={row}
          start={row === null ? { loanDays: 14 } : { ...row, location: row.location?.id ?? null }}
          texts={['note']}
          fields={[
            { name: 'name', label: t('register.name'), type: 'line', required: true },
            locationInput(),
            { name: 'loanDays', label: t('pools.loanDaysLabel'), type: 'number', required: true },
            { name: 'note', label: t('asset.note'), type: 'text' },
          ]}
          onClose={close}
        />
      )}
    />
  )
}
