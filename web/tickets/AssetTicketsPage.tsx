import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { assets } from '../../contract/assets.ts'
import { assetCosts } from '../../contract/ticket-items.ts'
import { tickets, type TicketRow } from '../../contract/tickets.ts'
import { AssetTabs } from '../assets/AssetTabs.tsx'
import { t } from '../platform/i18n.ts'
import { money } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAsk, useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { PriorityMark, StateMark } from './words.tsx'

const columns = (): Column<TicketRow>[] => [
  { id: 'reference', title: t('column.reference'), width: 110, render: (row) => row.reference },
  { id: 'title', title: t('column.title'), width: 'grow', main: true, render: (row) => row.title },
  { id: 'state', title: t('column.state'), width: 180, render: (row) => <StateMark state={row.state} /> },
  {
    id: 'priority',
    title: t('column.priority'),
    width: 120,
    render: (row) => <PriorityMark priority={row.priority} />,
  },
  { id: 'requester', title: t('column.requester'), width: 160, render: (row) => row.requester?.name ?? null },
  { id: 'age', title: t('column.age'), width: 110, render: (row) => <Moment at={row.createdAt} /> },
]

/** The tickets about an asset, and what it cost so far. */
export default function AssetTicketsPage() {
  const { tag = '' } = useParams({ strict: false })
  const asset = useAsk(assets.show, { id: tag })
  const costs = useAsk(assetCosts.show, { id: tag })
  const mayOpen = useMay('tickets.open')
  const rows = useAskPages(
    tickets.list,
    { about: asset.data?.id ?? '', limit: 50 },
    { enabled: asset.data !== undefined },
  )
  // a list without an asset would be a list of everything
  const list =
    asset.error === null ? rows : { ...rows, error: asset.error, isPending: false, refetch: () => asset.refetch() }
  return (
    <ListPage
      title={tag}
      crumbs={[{ title: t('assets.title'), to: paths.assets }]}
      tabs={<AssetTabs tag={tag} current="tickets" />}
      list={list}
      columns={columns()}
      addressOf={(row) => paths.ticket(row.reference)}
      filters={
        <span className="soft">
          {costs.data === undefined || costs.data.totals.length === 0
            ? t('assetTickets.noCost')
            : costs.data.totals
                .map((sum) =>
                  t('assetTickets.cost', {
                    total: money(sum.total.minor, sum.total.currency),
                    price: money(sum.price.minor, sum.price.currency),
                    work: money(sum.work.minor, sum.work.currency),
                  }),
                )
                .join(' · ')}
        </span>
      }
      actions={
        mayOpen && (
          <Button component={Link} to={paths.newTicketAbout(tag)} variant="default">
            {t('assetTickets.open')}
          </Button>
        )
      }
      empty={{ title: t('assetTickets.empty'), help: t('assetTickets.emptyHelp') }}
    />
  )
}
