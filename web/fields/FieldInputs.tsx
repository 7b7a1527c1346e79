import { PasswordInput, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { CustomField } from '../../contract/fields.ts'
import { t } from '../platform/i18n.ts'
import { FieldEntry, type FormField } from '../ui/FieldEntry.tsx'
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

/** The inputs of the kit that types of custom fields are filled in with. */
const types = { text: 'line', url: 'line', long_text: 'text', number: 'number', date: 'day', boolean: 'check' } as const

function FieldInput({ field, value, name, person, onChange, error }: OneProps) {
  const common = {
    name: field.key,
    label: field.label,
    required: field.required,
    ...(field.help === '' ? {} : { help: field.help }),
  }
  if (field.encrypted)
    return (
      <PasswordInput
        label={field.label}
        required={field.required}
        error={error}
        description={t('fields.encryptedHelp')}
        autoComplete="off"
        value={value === null ? '' : String(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  if (field.type === 'person')
    return person({
      label: field.label,
      required: field.required,
      error,
      ...(field.help === '' ? {} : { description: field.help }),
      value: value === null || value === '' ? null : { id: String(value), name: name ?? String(value) },
      onChange: (chosen) => onChange(chosen?.id ?? null),
    })
  const entry: FormField =
    field.type === 'choice'
      ? { ...common, type: 'choose', options: field.choices.map((choice) => ({ value: choice, label: choice })) }
      : { ...common, type: types[field.type] }
  return (
    <FieldEntry
      field={entry}
      values={{ [field.key]: value }}
      set={(given) => onChange(given as string | number | boolean | null)}
      error={error}
    />
  )
}
