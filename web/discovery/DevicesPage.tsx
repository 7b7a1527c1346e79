import { Select } from '@mantine/core'
import { type Device, devices } from '../../contract/devices.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { DiscoveryTabs } from './tabs.tsx'
import { AssetLink, kindWord, modelOf, stateWord } from './words.tsx'

const states = ['waiting', 'linked', 'ignored'] as const

const columns = (): Column<Device>[] => [
  {
    id: 'name',
    title: t('devices.name'),
    width: 'grow',
    main: true,
    render: (row) => (
      <>
        <b style={{ fontWeight: 500 }}>{row.name === '' ? t('devices.nameless') : row.name}</b>{' '}
        <span className="soft">{modelOf(row)}</span>
      </>
    ),
  },
  { id: 'kind', title: t('devices.kind'), width: 120, render: (row) => kindWord(row.kind), weight: 0 },
  { id: 'serial', title: t('devices.serial'), width: 150, render: (row) => row.serial },
  { id: 'address', title: t('devices.address'), width: 130, render: (row) => row.address, weight: 0 },
  {
    id: 'state',
    title: t('devices.state'),
    width: 190,
    render: (row) =>
      row.asset === null ? (
        <span>
          {stateWord(row.state)}
          {row.doubts > 0 && <span className="soft"> · {t('devices.doubtful')}</span>}
        </span>
      ) : (
        <AssetLink asset={row.asset} />
      ),
  },
  {
    id: 'first',
    title: t('devices.firstSeen'),
    width: 120,
    render: (row) => <Moment at={row.firstSeenAt} as="nearby" />,
  },
  {
    id: 'last',
    title: t('devices.lastSeen'),
    width: 120,
    render: (row) => (row.lastSeenAt === null ? null : <Moment at={row.lastSeenAt} as="nearby" />),
  },
]

/** What was seen on the network; first of all what is new there. */
export default function DevicesPage() {
  const [address, change] = useAddress()
  const state = address['state'] === 'all' ? undefined : (states.find((one) => one === address['state']) ?? 'waiting')
  const list = useAskPages(devices.list, {
    limit: 100,
    ...(state === undefined ? {} : { state }),
    ...(address['q'] === undefined ? {} : { q: address['q'] }),
  })
  return (
    <ListPage
      title={t('discovery.title')}
      tabs={<DiscoveryTabs current="devices" />}
      searchable
      narrowed={address['state'] !== undefined}
      list={list}
      columns={columns()}
      addressOf={(row) => paths.device(row.id)}
      filters={
        <Select
          size="xs"
          w={210}
          aria-label={t('devices.state')}
          data={[
            ...states.map((value) => ({ value, label: value === 'waiting' ? t('devices.new') : stateWord(value) })),
            { value: 'all', label: t('devices.all') },
          ]}
          value={state ?? 'all'}
          onChange={(next) => change({ state: next === 'waiting' || next === null ? undefined : next })}
        />
      }
      empty={{ title: t('devices.empty'), help: t('devices.emptyHelp') }}
    />
  )
}
