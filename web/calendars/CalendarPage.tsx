import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { calendars, type CalendarRecord } from '../../contract/calendars.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ActionButton, useRefusal } from '../ui/ActionButton.tsx'
import { ClockMoves } from '../ui/ClockMoves.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellDone } from '../ui/told.ts'
import { WhatIfDialog } from '../ui/WhatIfDialog.tsx'
import { type CalendarDraft, CalendarForm } from './CalendarForm.tsx'

const crumbs = () => [{ title: t('calendars.title'), to: paths.calendars }]

export default function CalendarPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(calendars.show, { id })
  if (asked.data !== undefined) return <CalendarView key={asked.data.version} calendar={asked.data} />
  return (
    <Page title={t('calendar.title')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

const hoursOf = (id: string, { name: _name, ...hours }: CalendarDraft) => ({ calendar: id, ...hours })

function CalendarView({ calendar }: { calendar: CalendarRecord }) {
  const navigate = useNavigate()
  const [retiring, retire] = useState(false)
  const [planned, plan] = useState<CalendarDraft | null>(null)
  const edit = useAct(calendars.edit, {
    onDone: (after) => tellDone(t('calendars.saved', { name: after.name, revision: after.revision })),
  })
  const save = (draft: CalendarDraft): void => edit.mutate({ id: calendar.id, version: calendar.version, ...draft })
  const mayPlan = useMay('service-levels.write')
  const refused = useRefusal(calendars.edit, calendar.refusals)
  return (
    <Page
      title={calendar.name}
      crumbs={crumbs()}
      figure={t('calendars.figure', { revision: calendar.revision, n: calendar.usedBy })}
      actions={
        <ActionButton
          action={calendars.edit}
          refusals={calendar.refusals}
          variant="default"
          onClick={() => retire(true)}
        >
          {t(calendar.active ? 'calendars.retire' : 'calendars.reactivate')}
        </ActionButton>
      }
    >
      <CalendarForm
        draft={{
          name: calendar.name,
          country: calendar.country,
          region: calendar.region,
          zone: calendar.zone,
          week: calendar.definition.week,
          ownHolidays: calendar.ownHolidays,
          specialHours: calendar.definition.specialHours ?? [],
        }}
        verb={t('calendars.save')}
        busy={edit.isPending}
        error={edit.error}
        refused={refused}
        help={calendar.usedBy > 0 ? t('calendars.saveHelp', { n: calendar.usedBy }) : undefined}
        onSave={(draft) => (calendar.usedBy > 0 && mayPlan ? plan(draft) : save(draft))}
        onCancel={() => void navigate({ to: paths.calendars })}
      >
        <ClockMoves of={{ calendar: calendar.id }} />
        <Section title={t('calendars.revisions')}>
          <ul style={{ margin: 0, paddingInlineStart: 18 }}>
            {calendar.revisions.map((one) => (
              <li key={one.revision}>
                {t('calendars.revisionBy', { n: one.revision, by: one.by })} <Moment at={one.at} as="nearby" />
              </li>
            ))}
          </ul>
        </Section>
      </CalendarForm>
      {planned !== null && (
        <WhatIfDialog
          title={t('whatIf.title')}
          verb={t('calendars.save')}
          input={{ hours: hoursOf(calendar.id, planned) }}
          busy={edit.isPending}
          error={edit.error}
          onConfirm={() => save(planned)}
          onClose={() => plan(null)}
        />
      )}
      {retiring && (
        <ConfirmAct
          opened
          title={t(calendar.active ? 'calendars.retireTitle' : 'calendars.reactivateTitle', { name: calendar.name })}
          verb={t(calendar.active ? 'calendars.retire' : 'calendars.reactivate')}
          busy={edit.isPending}
          error={edit.error}
          onConfirm={() => edit.mutate({ id: calendar.id, version: calendar.version, active: !calendar.active })}
          onClose={() => retire(false)}
        >
          {t('calendars.retireHelp')}
        </ConfirmAct>
      )}
    </Page>
  )
}
