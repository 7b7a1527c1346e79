import { assets, type AssetRow } from '../../contract/assets.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { count, plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { stateWord } from './words.tsx'

const columns = (): Column<AssetRow>[] => [
  { id: 'tag', title: t('assets.tag'), width: 120, render: (row) => <span className="figures">{row.tag}</span> },
  {
    id: 'name',
    title: t('assets.model'),
    width: 'grow',
    main: true,
    render: (row) => [row.manufacturer?.name, row.model?.name ?? row.category.name, row.name].filter(Boolean).join(' '),
  },
  { id: 'state', title: t('assets.state'), width: 120, render: (row) => stateWord(row.state) },
  { id: 'holder', title: t('assets.holder'), width: 180, render: (row) => row.holder?.name },
  { id: 'location', title: t('assets.location'), width: 200, render: (row) => row.location?.name },
  { id: 'serial', title: t('assets.serial'), width: 150, render: (row) => row.serial },
  {
    id: 'warranty',
    title: t('assets.warranty'),
    width: 120,
    render: (row) => (row.warrantyUntil === null ? null : plainDay(row.warrantyUntil)),
  },
]

export default function AssetsPage() {
  const [address] = useAddress()
  const list = useAskPages(assets.list, {
    limit: 100,
    count: 'capped',
    ...(address['q'] === undefined ? {} : { q: address['q'] }),
  })
  return (
    <ListPage
      title={t('assets.title')}
      searchable
      list={list}
      columns={columns()}
      figure={list.total === undefined ? undefined : t('assets.figure', { n: count(list.total, list.totalCapped) })}
      addressOf={(row) => paths.asset(row.tag)}
      empty={{ title: t('assets.empty'), help: t('assets.emptyHelp') }}
    />
  )
}
