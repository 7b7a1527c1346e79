import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { serviceLevels, type ServiceLevel } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton, useRefusal } from '../ui/ActionButton.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellDone } from '../ui/told.ts'
import { ServiceLevelForm } from './ServiceLevelForm.tsx'

const crumbs = () => [{ title: t('serviceLevels.title'), to: paths.serviceLevels }]

export default function ServiceLevelPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(serviceLevels.show, { id })
  if (asked.data !== undefined) return <ServiceLevelView key={asked.data.version} level={asked.data} />
  return (
    <Page title={t('serviceLevel.title')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

function ServiceLevelView({ level }: { level: ServiceLevel }) {
  const navigate = useNavigate()
  const [asking, ask] = useState(false)
  const edit = useAct(serviceLevels.edit, {
    onDone: (after) => tellDone(t('serviceLevels.saved', { name: after.name, revision: after.revision })),
  })
  const refused = useRefusal(serviceLevels.edit, level.refusals)
  return (
    <Page
      title={level.name}
      crumbs={crumbs()}
      shape="read"
      figure={t('serviceLevels.figure', { revision: level.revision, n: level.openClocks })}
      actions={
        <ActionButton action={serviceLevels.edit} refusals={level.refusals} variant="default" onClick={() => ask(true)}>
          {t(level.active ? 'calendars.retire' : 'calendars.reactivate')}
        </ActionButton>
      }
    >
      <ServiceLevelForm
        draft={{ name: level.name, calendar: level.calendar.id, conditions: level.conditions, targets: level.targets }}
        verb={t('serviceLevels.save')}
        busy={edit.isPending}
        error={edit.error}
        refused={refused}
        help={t('serviceLevels.saveHelp', { n: level.openClocks })}
        onSave={({ calendar, ...draft }) =>
          edit.mutate({ id: level.id, version: level.version, ...draft, ...(calendar === null ? {} : { calendar }) })
        }
        onCancel={() => void navigate({ to: paths.serviceLevels })}
      />
      {asking && (
        <ConfirmAct
          opened
          title={t(level.active ? 'serviceLevels.retireTitle' : 'serviceLevels.reactivateTitle', { name: level.name })}
          verb={t(level.active ? 'calendars.retire' : 'calendars.reactivate')}
          busy={edit.isPending}
          error={edit.error}
          onConfirm={() => edit.mutate({ id: level.id, version: level.version, active: !level.active })}
          onClose={() => ask(false)}
        >
          {t('serviceLevels.retireHelp')}
        </ConfirmAct>
      )}
    </Page>
  )
}
