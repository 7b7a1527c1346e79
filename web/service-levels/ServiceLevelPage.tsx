import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Sent } from '../../contract/action.ts'
import { serviceLevels, type ServiceLevel } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton, useRefusal } from '../ui/ActionButton.tsx'
import { ClockMoves } from '../ui/ClockMoves.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellDone } from '../ui/told.ts'
import { WhatIfDialog } from '../ui/WhatIfDialog.tsx'
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
  const [planned, plan] = useState<Omit<Sent<typeof serviceLevels.edit>, 'id'> | null>(null)
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
        <ActionButton
          action={serviceLevels.edit}
          refusals={level.refusals}
          variant="default"
          onClick={() => plan({ active: !level.active })}
        >
          {t(level.active ? 'calendars.retire' : 'calendars.reactivate')}
        </ActionButton>
      }
    >
      <ServiceLevelForm
        level={level.id}
        draft={{ name: level.name, calendar: level.calendar.id, conditions: level.conditions, targets: level.targets }}
        verb={t('serviceLevels.save')}
        busy={edit.isPending}
        error={edit.error}
        refused={refused}
        help={t('serviceLevels.saveHelp', { n: level.openClocks })}
        onSave={({ calendar, ...draft }) => plan({ ...draft, ...(calendar === null ? {} : { calendar }) })}
        onCancel={() => void navigate({ to: paths.serviceLevels })}
      />
      <ClockMoves of={{ level: level.id }} />
      {planned !== null && (
        <WhatIfDialog
          title={
            planned.active === undefined
              ? t('whatIf.title')
              : t(level.active ? 'serviceLevels.retireTitle' : 'serviceLevels.reactivateTitle', { name: level.name })
          }
          help={planned.active === false ? t('serviceLevels.retireHelp') : null}
          verb={
            planned.active === undefined
              ? t('serviceLevels.save')
              : t(level.active ? 'calendars.retire' : 'calendars.reactivate')
          }
          input={{ id: level.id, ...planned }}
          busy={edit.isPending}
          error={edit.error}
          onConfirm={() => edit.mutate({ id: level.id, version: level.version, ...planned })}
          onClose={() => plan(null)}
        />
      )}
    </Page>
  )
}
