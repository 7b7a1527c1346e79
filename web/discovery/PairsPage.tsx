import { Select } from '@mantine/core'
import { type DevicePair, devicePairs } from '../../contract/devices.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { DiscoveryTabs } from './tabs.tsx'
import { reasonWord } from './words.tsx'

const columns = (): Column<DevicePair>[] => [
  {
    id: 'both',
    title: t('pairs.both'),
    width: 'grow',
    main: true,
    render: (row) => (
      <b style={{ fontWeight: 500 }}>
        {[row.one, row.other].map((one) => one.name || one.serial || t('devices.nameless')).join(' · ')}
      </b>
    ),
  },
  { id: 'reasons', title: t('pairs.reasons'), width: 380, render: (row) => row.reasons.map(reasonWord).join(', ') },
  { id: 'state', title: t('devices.state'), width: 130, render: (row) => t(`pairs.state.${row.state}`) },
  { id: 'found', title: t('pairs.found'), width: 120, render: (row) => <Moment at={row.foundAt} as="nearby" /> },
]

/** Devices that may be one: a person says whether they are. */
export default function PairsPage() {
  const [address, change] = useAddress()
  const decided = address['decided'] === 'true'
  const list = useAskPages(devicePairs.list, { decided, limit: 100 })
  return (
    <ListPage
      title={t('pairs.title')}
      tabs={<DiscoveryTabs current="pairs" />}
      narrowed={decided}
      list={list}
      columns={columns()}
      addressOf={(row) => paths.devicePair(row.id)}
      filters={
        <Select
          size="xs"
          w={190}
          aria-label={t('devices.state')}
          data={[
            { value: 'false', label: t('pairs.open') },
            { value: 'true', label: t('pairs.decided') },
          ]}
          value={String(decided)}
          onChange={(next) => change({ decided: next === 'true' ? next : undefined })}
        />
      }
      empty={{ title: t('pairs.empty'), help: t('pairs.emptyHelp') }}
    />
  )
}
