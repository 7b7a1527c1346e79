import type { AssetRow } from '../../contract/assets.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import type { Column } from '../ui/columns.ts'
import { Moment } from '../ui/Moment.tsx'
import { kindWords, StateMark } from './words.tsx'

const day = (on: string | null) => (on === null ? null : plainDay(on))

export const assetColumns = (): Column<AssetRow>[] => [
  {
    id: 'tag',
    title: t('assets.tag'),
    width: 110,
    weight: 9,
    sort: { up: 'tag', down: '-tag' },
    render: (row) => <span className="figures">{row.tag}</span>,
  },
  { id: 'kind', title: t('assets.model'), width: 'grow', main: true, render: kindWords },
  {
    id: 'name',
    title: t('assets.name'),
    width: 160,
    weight: 3,
    sort: { up: 'name', down: '-name' },
    render: (row) => row.name,
  },
  { id: 'state', title: t('assets.state'), width: 120, weight: 8, render: (row) => <StateMark state={row.state} /> },
  { id: 'holder', title: t('assets.holder'), width: 170, weight: 7, render: (row) => row.holder?.name },
  { id: 'location', title: t('assets.location'), width: 190, weight: 5, render: (row) => row.location?.name },
  {
    id: 'serial',
    title: t('assets.serial'),
    width: 140,
    weight: 6,
    render: (row) => <span className="figures">{row.serial}</span>,
  },
  {
    id: 'warranty',
    title: t('assets.warranty'),
    width: 130,
    weight: 4,
    sort: { up: 'warranty', down: '-warranty' },
    render: (row) => day(row.warrantyUntil),
  },
  { id: 'category', title: t('assets.category'), width: 130, extra: true, render: (row) => row.category.name },
  { id: 'pool', title: t('asset.pool'), width: 130, extra: true, render: (row) => row.pool?.name },
  { id: 'dueBack', title: t('asset.dueBack'), width: 130, extra: true, render: (row) => day(row.dueBackOn) },
  {
    id: 'updated',
    title: t('assets.updated'),
    width: 120,
    extra: true,
    sort: { up: 'updated', down: '-updated' },
    render: (row) => <Moment at={row.updatedAt} as="nearby" />,
  },
]
