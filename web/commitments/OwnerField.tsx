import { SegmentedControl, Select, Stack } from '@mantine/core'
import { teams } from '../../contract/people.ts'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'

export interface OwnerGiven {
  kind: 'person' | 'team'
  id: string
  name: string
}

/** Whose it is: a person, or a team in which somebody takes it. */
export function OwnerField({
  value,
  onChange,
  error,
}: {
  value: OwnerGiven
  onChange: (owner: OwnerGiven) => void
  error?: string | undefined
}) {
  const known = useAsk(teams.list, { limit: 200 }, { enabled: value.kind === 'team' })
  return (
    <Stack gap={6}>
      <div>
        <p className="label" id="owner-kind" style={{ margin: '0 0 4px' }}>
          {t('byHand.owner')}
        </p>
        <SegmentedControl
          size="xs"
          aria-labelledby="owner-kind"
          data={[
            { value: 'person', label: t('byHand.ownerPerson') },
            { value: 'team', label: t('byHand.ownerTeam') },
          ]}
          value={value.kind}
          onChange={(kind) => onChange({ kind, id: '', name: '' })}
        />
      </div>
      {value.kind === 'person' ? (
        <PersonField
          label={t('byHand.ownerPerson')}
          required
          value={value.id === '' ? null : value}
          onChange={(person) => onChange({ kind: 'person', id: person?.id ?? '', name: person?.name ?? '' })}
          error={error}
        />
      ) : (
        <Select
          label={t('byHand.ownerTeam')}
          required
          searchable
          data={(known.data?.items ?? [])
            .filter((team) => team.active)
            .map((team) => ({ value: team.id, label: team.name }))}
          value={value.id === '' ? null : value.id}
          error={error}
          onChange={(id) =>
            onChange({ kind: 'team', id: id ?? '', name: known.data?.items.find((team) => team.id === id)?.name ?? '' })
          }
        />
      )}
    </Stack>
  )
}
