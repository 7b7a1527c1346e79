import { MultiSelect, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { categories, queues } from '../../contract/queues.ts'
import type { ConditionField, EffectKind } from '../../contract/ticket-rules.ts'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { optionsOf, peopleBesides } from './values.ts'

interface Props {
  role: 'if' | 'do' | 'macro'
  field: ConditionField | EffectKind
  values: readonly string[]
  /** Names of the ids among the values. */
  names: Readonly<Record<string, string>>
  onChange: (values: string[]) => void
}

/** What a condition may be, or what an effect sets: chosen or written, by the sort of its field. */
export function ValueInput({ role, field, values, names, onChange }: Props) {
  const known = useAsk(queues.list, {}, { enabled: field === 'queue' })
  const tree = useAsk(categories.list, {}, { enabled: field === 'category' })
  const label = t(role === 'if' ? 'rules.values' : 'rules.value')
  if (field === 'note' || field === 'reply' || field === 'resolve')
    return (
      <Textarea
        label={label}
        autosize
        minRows={2}
        value={values[0] ?? ''}
        onChange={(event) => onChange([event.currentTarget.value])}
      />
    )
  if (field === 'task')
    return (
      <TextInput
        label={label}
        maxLength={200}
        value={values[0] ?? ''}
        onChange={(event) => onChange([event.currentTarget.value])}
      />
    )
  if (field === 'title' || field === 'text' || field === 'sender' || field === 'department')
    return (
      <TagsInput
        label={label}
        description={t(`rules.help.${field}`)}
        value={[...values]}
        acceptValueOnBlur
        onChange={onChange}
      />
    )
  if (field === 'requester' || field === 'assignee' || field === 'watcher')
    return <PersonInput role={role} field={field} values={values} names={names} onChange={onChange} />
  const options =
    field === 'queue'
      ? (known.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
      : field === 'category'
        ? (tree.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
        : (optionsOf(role, field) ?? [])
  return role === 'if' ? (
    <MultiSelect label={label} data={options} value={[...values]} searchable onChange={onChange} />
  ) : (
    <Select
      label={label}
      data={options}
      value={values[0] ?? null}
      searchable
      onChange={(value) => onChange(value === null ? [] : [value])}
    />
  )
}

const byName = 'by-name'

function PersonInput({ role, field, values, names, onChange }: Props) {
  const besides = peopleBesides(role, field)
  const [value] = values
  const special = besides.some((one) => one.value === value)
  const [asksForName, askForName] = useState(false)
  // who was found here is called so; the rule knows the names of those it had
  const [found, setFound] = useState<Readonly<Record<string, string>>>({})
  const named = besides.length === 0 || (value === undefined ? asksForName : !special)
  const person =
    value === undefined || special ? null : { id: value, name: found[value] ?? names[value] ?? t('rules.somebody') }
  return (
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
      {besides.length > 0 && (
        <Select
          style={{ flex: '1 1 180px' }}
          label={t(role === 'if' ? 'rules.values' : 'rules.value')}
          allowDeselect={false}
          data={[...besides, { value: byName, label: t('rules.assignee.named') }]}
          value={named ? byName : (value ?? null)}
          onChange={(next) => {
            askForName(next === byName)
            onChange(next === null || next === byName ? [] : [next])
          }}
        />
      )}
      {named && (
        <div style={{ flex: '1 1 220px' }}>
          <PersonField
            label={t('rules.person')}
            value={person}
            onChange={(next) => {
              if (next !== null) setFound((before) => ({ ...before, [next.id]: next.name }))
              askForName(true)
              onChange(next === null ? [] : [next.id])
            }}
          />
        </div>
      )}
    </div>
  )
}
