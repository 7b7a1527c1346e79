import { useNavigate } from '@tanstack/react-router'
import { calendars } from '../../contract/calendars.ts'
import { t } from '../platform/i18n.ts'
import { readerZone } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct } from '../platform/query.ts'
import { Page } from '../ui/Page.tsx'
import { CalendarForm, type CalendarDraft } from './CalendarForm.tsx'

const officeHours = [{ from: '09:00', to: '17:00' }]

export default function NewCalendarPage() {
  const navigate = useNavigate()
  const create = useAct(calendars.create, { onDone: (made) => void navigate({ to: paths.calendar(made.id) }) })
  const blank: CalendarDraft = {
    name: '',
    country: null,
    region: null,
    zone: readerZone(),
    week: { mon: officeHours, tue: officeHours, wed: officeHours, thu: officeHours, fri: officeHours },
    ownHolidays: [],
    specialHours: [],
  }
  return (
    <Page title={t('calendarNew.title')} crumbs={[{ title: t('calendars.title'), to: paths.calendars }]}>
      <CalendarForm
        draft={blank}
        verb={t('calendars.create')}
        busy={create.isPending}
        error={create.error}
        onSave={(draft) => create.mutate(draft)}
        onCancel={() => void navigate({ to: paths.calendars })}
      />
    </Page>
  )
}
