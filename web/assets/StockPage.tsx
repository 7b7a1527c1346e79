import { useState } from 'react'
import { stock, type StockItem } from '../../contract/stock.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { ViewTabs } from '../ui/Tabs.tsx'
import { StockForm } from './StockForm.tsx'

const columns = (): Column<StockItem>[] => [
  {
    id: 'name',
    title: t('register.name'),
    width: 'grow',
    main: true,
    render: (row) => <b style={{ fontWeight: 500 }}>{row.name}</b>,
  },
  { id: 'number', title: t('stock.number'), width: 140, render: (row) => row.number },
  { id: 'category', title: t('assets.category'), width: 150, render: (row) => row.category.name },
  { id: 'location', title: t('assets.location'), width: 200, render: (row) => row.location?.name },
  {
    id: 'quantity',
    title: t('stock.quantity'),
    width: 110,
    align: 'right',
    weight: 9,
    render: (row) => number(row.quantity),
  },
  {
    id: 'minimum',
    title: t('stock.minimum'),
    width: 130,
    align: 'right',
    weight: 8,
    render: (row) =>
      row.minimum === null ? null : row.low ? (
        <b style={{ color: 'var(--late)' }}>{t('stock.below', { n: row.minimum })}</b>
      ) : (
        number(row.minimum)
      ),
  },
]

/** Accessories and consumables, with how many there are. */
export default function StockPage() {
  const [address] = useAddress()
  const [adding, add] = useState(false)
  const low = address['low'] === 'true'
  const list = useAskPages(stock.list, {
    limit: 100,
    ...(low ? { low: true } : {}),
    ...(address['q'] === undefined ? {} : { q: address['q'] }),
  })
  const button = (
    <ActionButton action={stock.create} onClick={() => add(true)}>
      {t('stock.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('stock.title')}
        searchable
        narrowed={low}
        tabs={
          <ViewTabs
            label={t('stock.title')}
            current={low ? 'low' : 'all'}
            tabs={[
              { id: 'all', title: t('stock.all') },
              { id: 'low', title: t('stock.low'), search: { low: 'true' } },
            ]}
          />
        }
        list={list}
        columns={columns()}
        addressOf={(row) => paths.stockItem(row.id)}
        actions={button}
        empty={{ title: t('stock.empty'), help: t('stock.emptyHelp'), action: button }}
      />
      {adding && <StockForm item={null} onClose={() => add(false)} />}
    </>
  )
}
