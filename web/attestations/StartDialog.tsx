import { useNavigate } from '@tanstack/react-router'
import type { Ref } from '../../contract/action.ts'
import { askedKinds, attestations } from '../../contract/attestations.ts'
import { teams } from '../../contract/people.ts'
import { LocationField } from '../locations/LocationField.tsx'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import type { Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const ref = (value: unknown): Ref | null => (value as Ref | null | undefined) ?? null

/** Begins a campaign: whom, by when, and what is said to them. */
export function StartDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const me = useMe()?.person ?? null
  const known = useAsk(teams.list, { limit: 200 })
  const start = useAct(attestations.start, { onDone: (made) => void navigate({ to: paths.attestation(made.id) }) })
  const submit = (values: Values): void => {
    const kind = askedKinds.find((one) => one === values['who']) ?? 'all'
    const person = ref(values['person'])
    start.mutate({
      name: text(values['name']),
      note: text(values['note']),
      dueOn: text(values['dueOn']),
      ...(ref(values['owner']) === null ? {} : { owner: ref(values['owner'])!.id }),
      who: {
        kind,
        ...(kind === 'location' ? { id: text(values['location']) } : {}),
        ...(kind === 'team' ? { id: text(values['team']) } : {}),
        ...(kind === 'department' ? { department: text(values['department']) } : {}),
        ...(kind === 'people' && person !== null ? { people: [person.id] } : {}),
      },
    })
  }
  return (
    <RecordForm
      title={t('attestations.start')}
      verb={t('attestations.start')}
      fields={[
        { name: 'name', label: t('attestations.name'), type: 'line', required: true },
        {
          name: 'who',
          label: t('attestations.who'),
          type: 'choose',
          required: true,
          options: askedKinds.map((value) => ({ value, label: t(`attestations.who.${value}`) })),
        },
        {
          name: 'location',
          label: t('attestations.place'),
          type: 'own',
          off: (values) => values['who'] !== 'location',
          render: ({ value, set, error }) => (
            <LocationField
              label={t('attestations.place')}
              required
              value={text(value) || null}
              onChange={set}
              error={error}
            />
          ),
        },
        {
          name: 'department',
          label: t('attestations.department'),
          type: 'line',
          required: true,
          off: (values) => values['who'] !== 'department',
        },
        {
          name: 'team',
          label: t('attestations.team'),
          type: 'choose',
          required: true,
          off: (values) => values['who'] !== 'team',
          options: (known.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          name: 'person',
          label: t('attestations.person'),
          type: 'own',
          off: (values) => values['who'] !== 'people',
          render: ({ value, set, error }) => (
            <PersonField label={t('attestations.person')} required value={ref(value)} onChange={set} error={error} />
          ),
        },
        { name: 'dueOn', label: t('attestations.due'), type: 'day', required: true },
        {
          name: 'owner',
          label: t('attestations.owner'),
          type: 'own',
          render: ({ value, set, error }) => (
            <PersonField label={t('attestations.owner')} required value={ref(value)} onChange={set} error={error} />
          ),
        },
        { name: 'note', label: t('attestations.note'), type: 'text' },
      ]}
      start={{ who: 'all', owner: me }}
      busy={start.isPending}
      error={start.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
