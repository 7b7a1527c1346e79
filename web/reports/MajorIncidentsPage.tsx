import type { Answer } from '../../contract/action.ts'
import { majorIncidents } from '../../contract/major-incidents.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { ReportTabs } from './ReportTabs.tsx'

type Row = Answer<typeof majorIncidents.list>['items'][number]
const columns = (): Column<Row>[] => [
  { id: 'headline', title: t('incident.headline'), width: 'grow', main: true, render: (row) => row.headline },
  { id: 'ticket', title: t('incident.ticket'), width: 120, render: (row) => row.ticket.reference },
  { id: 'declared', title: t('incident.declaredAt'), width: 160, render: (row) => <Moment at={row.declaredAt} /> },
  {
    id: 'ended',
    title: t('incident.endedAt'),
    width: 160,
    render: (row) => (row.endedAt === null ? t('incident.stillLive') : <Moment at={row.endedAt} />),
  },
  { id: 'updates', title: t('incident.updates'), width: 110, align: 'right', render: (row) => row.updates },
  { id: 'missed', title: t('incident.missed'), width: 110, align: 'right', render: (row) => row.missed },
]

/** Major incidents, those that go on and those that were. */
export default function MajorIncidentsPage() {
  const list = useAskPages(majorIncidents.list, {})
  return (
    <ListPage
      title={t('incident.page')}
      tabs={<ReportTabs current="incidents" />}
      list={list}
      columns={columns()}
      addressOf={(row) => paths.ticket(row.ticket.reference)}
      empty={{ title: t('incident.none'), help: t('incident.noneHelp') }}
    />
  )
}
