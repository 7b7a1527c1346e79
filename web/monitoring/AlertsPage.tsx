import { Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type AlertRow, alerts, alertSources, severities } from '../../contract/monitoring.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { AlertMark } from '../ui/AlertMark.tsx'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAsk, useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { MonitoringTabs } from './tabs.tsx'
import { severityOptions } from './words.tsx'

const columns = (): Column<AlertRow>[] => [
  {
    id: 'title',
    title: t('alerts.alert'),
    width: 'grow',
    main: true,
    render: (row) => (
      <>
        <b style={{ fontWeight: 500 }}>{row.title}</b> <span className="soft">{row.source.name}</span>
      </>
    ),
  },
  {
    id: 'severity',
    title: t('alerts.severity'),
    width: 130,
    weight: 8,
    render: (row) => <AlertMark {...row} />,
  },
  {
    id: 'device',
    title: t('alerts.device'),
    width: 190,
    weight: 5,
    render: (row) =>
      row.asset === null ? (
        <span className="soft">{row.host ?? '–'}</span>
      ) : (
        [row.asset.tag, row.asset.name].filter(Boolean).join(' ')
      ),
  },
  {
    id: 'ticket',
    title: t('alerts.ticket'),
    width: 110,
    weight: 6,
    render: (row) =>
      row.ticket === null ? (
        <span className="soft">–</span>
      ) : (
        <Link to={paths.ticket(row.ticket.reference)}>{row.ticket.reference}</Link>
      ),
  },
  { id: 'times', title: t('alerts.times'), width: 70, align: 'right', weight: 1, render: (row) => number(row.times) },
  {
    id: 'since',
    title: t('alerts.since'),
    width: 110,
    weight: 4,
    render: (row) => <Moment at={row.statusSince} as="nearby" />,
  },
]

/** What monitoring sees: first what goes on now. */
export default function AlertsPage() {
  const [address, change] = useAddress()
  const all = address['view'] === 'all'
  const severity = severities.find((one) => one === address['severity'])
  const source = address['source']
  const list = useAskPages(
    alerts.list,
    {
      ...(all ? {} : { status: 'firing' as const }),
      ...(severity === undefined ? {} : { severity }),
      ...(source === undefined ? {} : { source }),
      ...(address['q'] === undefined ? {} : { q: address['q'] }),
      limit: 100,
    },
    { every: 10_000 },
  )
  const sources = useAsk(alertSources.list, { limit: 200 })
  return (
    <ListPage
      title={t('alerts.title')}
      list={list}
      columns={columns()}
      addressOf={(row) => paths.alert(row.id)}
      searchable
      narrowed={severity !== undefined || source !== undefined}
      tabs={<MonitoringTabs current={all ? 'all' : 'firing'} />}
      filters={
        <>
          <Select
            size="xs"
            w={150}
            clearable
            aria-label={t('alerts.severity')}
            placeholder={t('alerts.severity')}
            data={severityOptions()}
            value={severity ?? null}
            onChange={(next) => change({ severity: next ?? undefined })}
          />
          <Select
            size="xs"
            w={180}
            clearable
            searchable
            aria-label={t('alerts.source')}
            placeholder={t('alerts.source')}
            data={(sources.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={source ?? null}
            onChange={(next) => change({ source: next ?? undefined })}
          />
        </>
      }
      empty={
        all
          ? { title: t('alerts.none'), help: t('alerts.noneHelp') }
          : { title: t('alerts.quiet'), help: t('alerts.quietHelp') }
      }
    />
  )
}
