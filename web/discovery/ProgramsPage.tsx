import { Select } from '@mantine/core'
import { programs } from '../../contract/installed-software.ts'
import { lifeCycles } from '../../contract/life-cycles.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { DiscoveryTabs } from './tabs.tsx'

interface Row {
  id: string
  name: string
  publisher: string
  devices: number
  /** Devices that have it in a release out of support, where that is asked about. */
  ended: number | null
}

/** Programs that are installed anywhere, or those out of support. */
export default function ProgramsPage() {
  const [address, change] = useAddress()
  const isEnded = address['support'] === 'ended'
  const asked = { limit: 100, ...(address['q'] === undefined ? {} : { q: address['q'] }) }
  const all = useAskPages(programs.list, asked, { enabled: !isEnded })
  const ended = useAskPages(lifeCycles.outOfSupport, asked, { enabled: isEnded })
  // the table knows rows by text
  const items: Row[] = isEnded
    ? ended.items.map((row) => ({ ...row, id: String(row.id), ended: row.devicesOutOfSupport }))
    : all.items.map((row) => ({ ...row, id: String(row.id), ended: null }))
  const rows = { ...(isEnded ? ended : all), items }
  return (
    <ListPage
      title={t('programs.title')}
      tabs={<DiscoveryTabs current="programs" />}
      searchable
      filters={
        <Select
          size="xs"
          w={190}
          allowDeselect={false}
          aria-label={t('support.title')}
          data={[
            { value: 'all', label: t('support.everything') },
            { value: 'ended', label: t('support.filter') },
          ]}
          value={isEnded ? 'ended' : 'all'}
          onChange={(next) => change({ support: next === 'ended' ? next : undefined })}
        />
      }
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
        ...(isEnded
          ? [
              {
                id: 'ended',
                title: t('support.devices'),
                width: 140,
                align: 'right' as const,
                render: (row: Row) => number(row.ended ?? 0),
              },
            ]
          : []),
      ]}
      addressOf={(row) => paths.program(row.id)}
      empty={
        isEnded
          ? { title: t('support.none'), help: t('support.noneHelp') }
          : { title: t('programs.empty'), help: t('programs.emptyHelp') }
      }
    />
  )
}
