import { Checkbox, NumberInput, PasswordInput, Select, Stack, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { CustomField } from '../../contract/fields.ts'
import { t } from '../platform/i18n.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { fieldError } from '../ui/Form.tsx'

export type FieldValues = Record<string, string | number | boolean | null>
type Wanted = Pick<CustomField, 'key' | 'label' | 'help' | 'type' | 'required' | 'choices' | 'encrypted'>

/** Draws the choice of a person: whoever shows the form knows people. */
export type PersonInput = (input: {
  label: string
  description?: string
  required: boolean
  value: { id: string; name: string } | null
  onChange: (person: { id: string; name: string } | null) => void
  error: string | undefined
}) => ReactNode

interface Props {
  fields: readonly Wanted[]
  values: FieldValues
  /** Names of the persons that are chosen. */
  names?: ReadonlyMap<string, string>
  onChange: (values: FieldValues) => void
  person: PersonInput
  error: unknown
}

/** The custom fields of a record to be filled in. What is encrypted starts empty and stays as it is unless something is typed. */
export function FieldInputs({ fields, values, names, onChange, person, error }: Props) {
  return (
    <Stack gap="sm">
      {fields.map((field) => (
        <FieldInput
          key={field.key}
          field={field}
          value={values[field.key] ?? null}
          name={names?.get(String(values[field.key]))}
          person={person}
          onChange={(value) => onChange({ ...values, [field.key]: value })}
          error={fieldError(error, `fields.${field.key}`)}
        />
      ))}
    </Stack>
  )
}

interface OneProps {
  field: Wanted
  value: string | number | boolean | null
  name: string | undefined
  person: PersonInput
  onChange: (value: string | number | boolean | null) => void
  error: string | undefined
}

function FieldInput({ field, value, name, person, onChange, error }: OneProps) {
  const common = {
    label: field.label,
    required: field.required,
    error,
    ...(field.help === '' ? {} : { description: field.help }),
  }
  const text = value === null ? '' : String(value)
  if (field.encrypted)
    return (
      <PasswordInput
        {...common}
        description={t('fields.encryptedHelp')}
        autoComplete="off"
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  switch (field.type) {
    case 'long_text':
      return (
        <Textarea {...common} autosize minRows={2} value={text} onChange={(e) => onChange(e.currentTarget.value)} />
      )
    case 'number':
      return (
        <NumberInput
          {...common}
          hideControls
          value={typeof value === 'number' ? value : ''}
          onChange={(given) => onChange(typeof given === 'number' ? given : null)}
        />
      )
    case 'date':
      return <DayInput {...common} value={text === '' ? null : text} onChange={onChange} />
    case 'boolean':
      return (
        <Checkbox
          size="xs"
          label={field.label}
          description={field.help}
          checked={value === true}
          error={error}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          searchable
          clearable={!field.required}
          data={field.choices}
          value={text === '' ? null : text}
          onChange={onChange}
        />
      )
    case 'person':
      return person({
        ...common,
        value: text === '' ? null : { id: text, name: name ?? text },
        onChange: (chosen) => onChange(chosen?.id ?? null),
      })
    default:
      return <TextInput {...common} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
  }
}
