import { Select } from '@mantine/core'
import { type Agent, agents } from '../../contract/discovery.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { DiscoveryTabs } from './tabs.tsx'

const silences = ['7', '30', '90']

const columns = (): Column<Agent>[] => [
  {
    id: 'device',
    title: t('agents.device'),
    width: 'grow',
    main: true,
    render: (row) => (
      <>
        <b style={{ fontWeight: 500 }}>{row.device.name === '' ? row.sentId : row.device.name}</b>{' '}
        <span className="soft">{row.device.asset?.tag}</span>
      </>
    ),
  },
  { id: 'client', title: t('agents.client'), width: 260, render: (row) => row.client },
  { id: 'tag', title: t('agents.tag'), width: 120, render: (row) => row.tag, weight: 0 },
  { id: 'address', title: t('devices.address'), width: 130, render: (row) => row.address, weight: 0 },
  {
    id: 'programs',
    title: t('agents.programs'),
    width: 100,
    align: 'right',
    render: (row) => (row.programs === null ? null : number(row.programs)),
  },
  {
    id: 'violations',
    title: t('agents.violations'),
    width: 110,
    align: 'right',
    render: (row) => (row.violations === 0 ? null : number(row.violations)),
  },
  { id: 'changed', title: t('agents.changed'), width: 120, render: (row) => <Moment at={row.changedAt} as="nearby" /> },
  { id: 'last', title: t('devices.lastSeen'), width: 120, render: (row) => <Moment at={row.lastSeenAt} as="nearby" /> },
]

/** Agents that report, the one heard last first. */
export default function AgentsPage() {
  const [address, change] = useAddress()
  const silent = silences.find((days) => days === address['silent'])
  const violations = address['violations'] === 'true'
  const list = useAskPages(agents.list, {
    limit: 100,
    ...(address['q'] === undefined ? {} : { q: address['q'] }),
    ...(silent === undefined ? {} : { silentDays: Number(silent) }),
    ...(violations ? { violations } : {}),
  })
  return (
    <ListPage
      title={t('agents.title')}
      tabs={<DiscoveryTabs current="agents" />}
      searchable
      narrowed={silent !== undefined || violations}
      list={list}
      columns={columns()}
      addressOf={(row) => paths.agent(row.id)}
      filters={
        <>
          <Select
            size="xs"
            w={200}
            clearable
            aria-label={t('agents.silent')}
            placeholder={t('agents.anySilence')}
            data={silences.map((value) => ({ value, label: t('agents.silentFor', { n: Number(value) }) }))}
            value={silent ?? null}
            onChange={(next) => change({ silent: next ?? undefined })}
          />
          <Select
            size="xs"
            w={200}
            clearable
            aria-label={t('agents.violations')}
            placeholder={t('agents.anyForm')}
            data={[{ value: 'true', label: t('agents.withViolations') }]}
            value={violations ? 'true' : null}
            onChange={(next) => change({ violations: next ?? undefined })}
          />
        </>
      }
      empty={{ title: t('agents.empty'), help: t('agents.emptyHelp') }}
    />
  )
}
