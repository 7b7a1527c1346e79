import { type Inventory, inventories } from '../../contract/discovery.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { DiscoveryTabs } from './tabs.tsx'

/** Reports that could not be read, so that whoever sent them can be found. */
export default function UnreadablePage() {
  const list = useAskPages(inventories.list, { unreadable: true, limit: 100 })
  const mayManage = useMay('discovery.manage')
  const columns: Column<Inventory>[] = [
    { id: 'at', title: t('report.received'), width: 120, render: (row) => <Moment at={row.receivedAt} as="nearby" /> },
    {
      id: 'error',
      title: t('report.error'),
      width: 'grow',
      main: true,
      render: (row) => row.error ?? t(`report.outcome.${row.outcome}`),
    },
    { id: 'client', title: t('agents.client'), width: 240, render: (row) => row.client },
    { id: 'address', title: t('devices.address'), width: 130, render: (row) => row.address },
    {
      id: 'size',
      title: t('report.sizeTitle'),
      width: 90,
      align: 'right',
      render: (row) => t('report.size', { n: number(Math.max(1, Math.round(row.size / 1024))) }),
    },
    {
      id: 'raw',
      title: t('report.raw'),
      width: 100,
      render: (row) =>
        mayManage ? (
          <a href={`/api/v1/inventories/${row.id}/raw`} download>
            {t('report.raw')}
          </a>
        ) : null,
    },
  ]
  return (
    <ListPage
      title={t('unreadable.title')}
      tabs={<DiscoveryTabs current="unreadable" />}
      list={list}
      columns={columns}
      empty={{ title: t('unreadable.empty'), help: t('unreadable.emptyHelp') }}
    />
  )
}
