import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { calendars, type CalendarItem } from '../../contract/calendars.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage, wholeList } from '../ui/ListPage.tsx'

const columns = (): Column<CalendarItem>[] => [
  {
    id: 'name',
    title: t('calendars.name'),
    width: 'grow',
    main: true,
    render: (row) => <b style={{ fontWeight: 500 }}>{row.name}</b>,
  },
  { id: 'zone', title: t('calendars.zone'), width: 220, render: (row) => row.zone },
  { id: 'revision', title: t('calendars.revision'), width: 100, align: 'right', render: (row) => row.revision },
  {
    id: 'usedBy',
    title: t('calendars.usedBy'),
    width: 180,
    align: 'right',
    render: (row) => t('calendars.uses', { n: row.usedBy }),
  },
  {
    id: 'active',
    title: t('vendors.standing'),
    width: 100,
    render: (row) => (row.active ? t('vendors.active') : <span className="soft">{t('vendors.retired')}</span>),
  },
]

export default function CalendarsPage() {
  const navigate = useNavigate()
  const list = wholeList(useAsk(calendars.list, {}))
  const may = useMay('calendars.write')
  const button = may ? (
    <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => void navigate({ to: paths.newCalendar })}>
      {t('calendarNew.title')}
    </Button>
  ) : undefined
  return (
    <ListPage
      title={t('calendars.title')}
      list={list}
      columns={columns()}
      addressOf={(row) => paths.calendar(row.id)}
      actions={button}
      empty={{ title: t('calendars.empty'), help: t('calendars.emptyHelp'), action: button }}
    />
  )
}
