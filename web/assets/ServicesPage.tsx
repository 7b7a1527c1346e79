import { teams } from '../../contract/people.ts'
import { type Service, services } from '../../contract/relations.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { wholeList } from '../ui/ListPage.tsx'
import { ListedForm } from './ListedForm.tsx'
import { ListedPage } from './ListedPage.tsx'
import { RegisterTabs } from './tabs.tsx'

/** What people use that rests on assets, and who uses it. */
export default function ServicesPage() {
  const asked = useAsk(services.list, {})
  return (
    <ListedPage<Service>
      title={t('services.title')}
      tabs={<RegisterTabs current="services" />}
      list={wholeList(asked)}
      columns={[
        { id: 'description', title: t('services.description'), width: 320, render: (row) => row.description },
        {
          id: 'teams',
          title: t('services.teams'),
          width: 280,
          render: (row) => row.teams.map((team) => team.name).join(', '),
        },
      ]}
      create={services.create}
      words={{ add: t('services.add'), empty: t('services.empty'), help: t('services.emptyHelp') }}
      form={(row, close) => <ServiceForm service={row} onClose={close} />}
    />
  )
}

function ServiceForm({ service, onClose }: { service: Service | null; onClose: () => void }) {
  const known = useAsk(teams.list, { limit: 200 })
  return (
    <ListedForm
      create={services.create}
      edit={services.edit}
      titles={{ add: t('services.add'), edit: t('services.edit') }}
      record={service}
      start={service === null ? { teams: [] } : { ...service, teams: service.teams.map((team) => team.id) }}
      texts={['description']}
      fields={[
        { name: 'name', label: t('register.name'), type: 'line', required: true },
        { name: 'description', label: t('services.description'), type: 'text' },
        {
          name: 'teams',
          label: t('services.teams'),
          type: 'choices',
          options: (known.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        },
      ]}
      onClose={onClose}
    />
  )
}
