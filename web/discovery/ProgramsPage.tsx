import { programs } from '../../contract/installed-software.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { DiscoveryTabs } from './tabs.tsx'

/** Programs that are installed anywhere. */
export default function ProgramsPage() {
  const [address] = useAddress()
  const list = useAskPages(programs.list, {
    limit: 100,
    ...(address['q'] === undefined ? {} : { q: address['q'] }),
  })
  // the table knows rows by text
  const rows = { ...list, items: list.items.map((row) => ({ ...row, id: String(row.id) })) }
  return (
    <ListPage
      title={t('programs.title')}
      tabs={<DiscoveryTabs current="programs" />}
      searchable
      list={rows}
      columns={[
        {
          id: 'name',
          title: t('programs.name'),
          width: 'grow',
          main: true,
          render: (row) => <b style={{ fontWeight: 500 }}>{row.name}</b>,
        },
        { id: 'publisher', title: t('programs.publisher'), width: 280, render: (row) => row.publisher },
        {
          id: 'devices',
          title: t('programs.devices'),
          width: 110,
          align: 'right',
          render: (row) => number(row.devices),
        },
      ]}
      addressOf={(row) => paths.program(row.id)}
      empty={{ title: t('programs.empty'), help: t('programs.emptyHelp') }}
    />
  )
}
