import { useNavigate } from '@tanstack/react-router'
import type { Ref } from '../../contract/action.ts'
import { assetCategories, type AssetClass } from '../../contract/asset-models.ts'
import { type Audit, assetAudits, scopeKinds } from '../../contract/asset-audits.ts'
import { LocationField } from '../locations/LocationField.tsx'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import type { FormField, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'

const lookedFor = ['device', 'component', 'sim', 'circuit'] as const satisfies readonly AssetClass[]
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const person = (value: unknown): Ref | null => (value as Ref | null | undefined) ?? null

/** Plans an audit, or changes one; what it covers can be changed until it has begun. */
export function AuditForm({ audit, onClose }: { audit: Audit | null; onClose: () => void }) {
  const navigate = useNavigate()
  const me = useMe()?.person ?? null
  const categories = useAsk(assetCategories.list, {})
  const plan = useAct(assetAudits.plan, { onDone: (made) => void navigate({ to: paths.audit(made.id) }) })
  const edit = useAct(assetAudits.edit, { onDone: onClose })
  const act = audit === null ? plan : edit
  const isOpen = audit === null || audit.state === 'planned'
  const submit = (values: Values, version: number | undefined): void => {
    const kind = scopeKinds.find((one) => one === values['what']) ?? 'everything'
    const target =
      kind === 'person' ? person(values['person'])?.id : kind === 'everything' ? undefined : text(values[kind])
    const common = {
      name: text(values['name']),
      note: text(values['note']),
      plannedOn: text(values['plannedOn']),
      dueOn: text(values['dueOn']),
      intervalMonths: typeof values['intervalMonths'] === 'number' ? values['intervalMonths'] : null,
      ...(person(values['owner']) === null ? {} : { owner: person(values['owner'])!.id }),
    }
    const scope = {
      scope: { kind, ...(target === undefined || target === '' ? {} : { id: target }) },
      blind: values['blind'] === true,
      classes: lookedFor.filter((one) => (values['classes'] as string[]).includes(one)),
    }
    if (audit === null) plan.mutate({ ...common, ...scope })
    else edit.mutate({ id: audit.id, version, ...common, ...(isOpen ? scope : {}) })
  }
  return (
    <RecordForm
      title={t(audit === null ? 'audits.plan' : 'audits.edit')}
      verb={t(audit === null ? 'audits.plan' : 'save')}
      fields={[
        { name: 'name', label: t('audits.name'), type: 'line', required: true, wide: true },
        ...(isOpen
          ? scopeFields((categories.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })))
          : []),
        {
          name: 'owner',
          label: t('audits.owner'),
          type: 'own',
          render: ({ value, set, error }) => (
            <PersonField
              label={t('audits.owner')}
              description={t('audits.ownerHelp')}
              required
              value={person(value)}
              onChange={set}
              error={error}
            />
          ),
        },
        { name: 'plannedOn', label: t('audits.planned'), type: 'day', required: true },
        { name: 'dueOn', label: t('audits.due'), type: 'day', required: true },
        { name: 'intervalMonths', label: t('audits.interval'), help: t('audits.intervalHelp'), type: 'number' },
        { name: 'note', label: t('audits.note'), type: 'text', wide: true },
      ]}
      start={
        audit === null
          ? { what: 'location', classes: ['device', 'component'], owner: me }
          : {
              ...audit,
              what: audit.scope.kind,
              [audit.scope.kind]:
                audit.scope.kind === 'person' ? { id: audit.scope.id, name: audit.scope.name } : audit.scope.id,
            }
      }
      version={audit?.version}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}

const scopeFields = (categories: readonly { value: string; label: string }[]): FormField[] => [
  {
    name: 'what',
    label: t('audits.what'),
    type: 'choose',
    required: true,
    options: scopeKinds.map((value) => ({ value, label: t(`audits.what.${value}`) })),
  },
  {
    name: 'location',
    label: t('audits.place'),
    type: 'own',
    off: (values) => values['what'] !== 'location',
    render: ({ value, set, error }) => (
      <LocationField label={t('audits.place')} required value={text(value) || null} onChange={set} error={error} />
    ),
  },
  {
    name: 'person',
    label: t('audits.person'),
    type: 'own',
    off: (values) => values['what'] !== 'person',
    render: ({ value, set, error }) => (
      <PersonField label={t('audits.person')} required value={person(value)} onChange={set} error={error} />
    ),
  },
  {
    name: 'category',
    label: t('audits.category'),
    type: 'choose',
    required: true,
    off: (values) => values['what'] !== 'category',
    options: categories,
  },
  {
    name: 'classes',
    label: t('audits.classes'),
    type: 'choices',
    required: true,
    options: lookedFor.map((value) => ({ value, label: t(`assets.class.${value}`) })),
  },
  { name: 'blind', label: t('audits.blind'), type: 'check', wide: true },
]
