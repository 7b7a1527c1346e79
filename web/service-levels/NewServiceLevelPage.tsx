import { useNavigate } from '@tanstack/react-router'
import { serviceLevels } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct } from '../platform/query.ts'
import { Page } from '../ui/Page.tsx'
import { ServiceLevelForm } from './ServiceLevelForm.tsx'

export default function NewServiceLevelPage() {
  const navigate = useNavigate()
  const create = useAct(serviceLevels.create, { onDone: (made) => void navigate({ to: paths.serviceLevel(made.id) }) })
  return (
    <Page
      title={t('serviceLevelNew.title')}
      crumbs={[{ title: t('serviceLevels.title'), to: paths.serviceLevels }]}
      shape="read"
    >
      <ServiceLevelForm
        level={null}
        draft={{
          name: '',
          calendar: null,
          conditions: {},
          targets: [
            { kind: 'resolution', seconds: 8 * 3600, pauseIn: ['waiting_requester'], resetOnReopen: false, ladder: [] },
          ],
        }}
        verb={t('serviceLevels.create')}
        busy={create.isPending}
        error={create.error}
        onSave={({ calendar, ...draft }) => create.mutate({ ...draft, calendar: calendar ?? '' })}
        onCancel={() => void navigate({ to: paths.serviceLevels })}
      />
    </Page>
  )
}
