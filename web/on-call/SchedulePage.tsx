import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { onCall, type Schedule } from '../../contract/on-call.ts'
import { t } from '../platform/i18n.ts'
import { absolute } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { later } from '../ui/later.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellFailed } from '../ui/told.ts'
import { HandoverNotes } from './HandoverNotes.tsx'
import { ShiftDays } from './ShiftDays.tsx'
import { stepWords } from './words.ts'

const ScheduleDialog = later(async () => (await import('./ScheduleDialog.tsx')).ScheduleDialog)
const OverrideDialog = later(async () => (await import('./OverrideDialog.tsx')).OverrideDialog)
const crumbs = () => [{ title: t('onCall.title'), to: paths.onCall }]

export default function SchedulePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(onCall.show, { id })
  if (asked.data !== undefined) return <ScheduleView schedule={asked.data} />
  return (
    <Page title={t('onCall.schedule')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

const daysShown = 14

function ScheduleView({ schedule }: { schedule: Schedule }) {
  const [editing, edit] = useState(false)
  const [standing, standIn] = useState(false)
  const [from] = useState(() => new Date(new Date().setHours(0, 0, 0, 0)))
  const to = new Date(from.getTime() + daysShown * 86_400_000)
  const shifts = useAsk(
    onCall.shifts,
    { id: schedule.id, from: from.toISOString(), to: to.toISOString() },
    { keep: true },
  )
  const remove = useAct(onCall.removeOverride)
  return (
    <Page
      title={schedule.name}
      crumbs={crumbs()}
      shape="read"
      figure={
        !schedule.active
          ? t('onCall.off')
          : schedule.now?.person == null
            ? t('onCall.nobodyNow')
            : t('onCall.isOnCall', { name: schedule.now.person.name })
      }
      actions={
        <>
          <ActionButton action={onCall.addOverride} refusals={schedule.refusals} onClick={() => standIn(true)}>
            {t('onCall.standIn')}
          </ActionButton>
          <ActionButton action={onCall.edit} refusals={schedule.refusals} variant="default" onClick={() => edit(true)}>
            {t('edit')}
          </ActionButton>
        </>
      }
    >
      <div>
        <Section title={t('onCall.shifts')}>
          <Asked question={shifts}>
            {(answer) => (
              <>
                <ShiftDays shifts={answer.items} from={from} days={daysShown} />
                {answer.overrides.length > 0 && (
                  <Facts
                    entries={answer.overrides.map((one) => [
                      one.person.name,
                      <span key={one.id} style={{ display: 'flex', flexWrap: 'wrap', gap: 10, alignItems: 'center' }}>
                        <span>
                          {absolute(one.from)} – {absolute(one.to)}
                        </span>
                        <span className="soft">{one.reason}</span>
                        <Button
                          size="compact-xs"
                          variant="default"
                          onClick={() => remove.mutate({ id: schedule.id, override: one.id }, { onError: tellFailed })}
                        >
                          {t('onCall.takeBack')}
                          <span className="unseen"> {one.person.name}</span>
                        </Button>
                      </span>,
                    ])}
                  />
                )}
              </>
            )}
          </Asked>
        </Section>
        <Section title={t('onCall.path')}>
          <ol style={{ margin: 0, paddingInlineStart: 20 }}>
            {schedule.path.map((step) => (
              <li key={step.afterMinutes}>{stepWords(step)}</li>
            ))}
          </ol>
        </Section>
        <Section title={t('onCall.layers')}>
          <Facts
            entries={schedule.layers.map((layer) => [
              layer.name,
              t('onCall.layerWords', {
                people: layer.people.map((person) => person.name).join(', '),
                count: layer.turn.count,
                unit: layer.turn.unit,
                at: layer.handoverAt,
                zone: schedule.zone,
              }),
            ])}
          />
        </Section>
        <HandoverNotes schedule={schedule} />
      </div>
      {editing && <ScheduleDialog schedule={schedule} onClose={() => edit(false)} />}
      {standing && <OverrideDialog schedule={schedule} onClose={() => standIn(false)} />}
    </Page>
  )
}
