import { Select } from '@mantine/core'
import { people, teams } from '../../contract/people.ts'
import { queues } from '../../contract/queues.ts'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'

/** A person, team or queue that a service names by id. */
export function WhoField({
  kind,
  id,
  onChange,
}: {
  kind: 'person' | 'team' | 'queue'
  id: string
  onChange: (id: string) => void
}) {
  const person = useAsk(people.show, { id }, { enabled: kind === 'person' && id !== '' })
  const ofTeams = useAsk(teams.list, { limit: 200 }, { enabled: kind === 'team' })
  const ofQueues = useAsk(queues.list, {}, { enabled: kind === 'queue' })
  if (kind === 'person')
    return (
      <PersonField
        label={t('catalogueSetup.approver.person')}
        required
        value={id === '' ? null : { id, name: person.data?.name ?? '' }}
        onChange={(one) => onChange(one?.id ?? '')}
      />
    )
  const items = kind === 'team' ? (ofTeams.data?.items ?? []) : (ofQueues.data?.items ?? [])
  return (
    <Select
      label={t(kind === 'team' ? 'catalogueSetup.approver.team' : 'catalogueSetup.queue')}
      required
      searchable
      data={items.filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }))}
      value={id === '' ? null : id}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}
