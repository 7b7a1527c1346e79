import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { vendors, type Vendor } from '../../contract/vendors.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { VendorForm } from './VendorForm.tsx'

const columns = (): Column<Vendor>[] => [
  {
    id: 'name',
    title: t('vendors.name'),
    width: 'grow',
    main: true,
    render: (row) => <b style={{ fontWeight: 500 }}>{row.name}</b>,
  },
  { id: 'email', title: t('vendors.email'), width: 260, render: (row) => row.email },
  { id: 'phone', title: t('vendors.phone'), width: 170, render: (row) => row.phone },
  { id: 'calendar', title: t('calendar.title'), width: 200, render: (row) => row.calendar?.name },
  {
    id: 'active',
    title: t('vendors.standing'),
    width: 100,
    render: (row) => (row.active ? t('vendors.active') : <span className="soft">{t('vendors.retired')}</span>),
  },
]

export default function VendorsPage() {
  const [address] = useAddress()
  const [adding, add] = useState(false)
  const list = useAskPages(vendors.list, { limit: 100, ...(address['q'] === undefined ? {} : { q: address['q'] }) })
  const button = (
    <ActionButton action={vendors.create} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => add(true)}>
      {t('vendors.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('vendors.title')}
        searchable
        list={list}
        columns={columns()}
        addressOf={(row) => paths.vendor(row.id)}
        actions={button}
        empty={{ title: t('vendors.empty'), help: t('vendors.emptyHelp'), action: button }}
      />
      {adding && <VendorForm vendor={null} onClose={() => add(false)} />}
    </>
  )
}
