import { Checkbox, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { DayInput } from './DayInput.tsx'

interface Common {
  name: string
  label: string
  help?: string | undefined
  required?: boolean
  /** Takes the whole width of the form. */
  wide?: boolean
  /** Left out while it does not apply to the other values. */
  off?: (values: Values) => boolean
}
export type Option = { value: string; label: string }
/** One thing to be filled in. `choose` answers an id or null, `choices` a list; `own` draws itself. */
export type FormField = Common &
  (
    | { type: 'line' | 'text' | 'number' | 'day' | 'check' }
    | { type: 'choose' | 'choices'; options: readonly Option[] }
    | {
        type: 'own'
        render: (input: {
          value: unknown
          set: (value: unknown) => void
          error: string | undefined
          values: Values
        }) => ReactNode
      }
  )
export type Values = Record<string, unknown>

interface EntryProps {
  field: FormField
  /** Takes the focus when the dialog opens. */
  first?: boolean
  values: Values
  set: (value: unknown) => void
  error: string | undefined
}

/** The input of one field. */
export function FieldEntry({ field, first = false, values, set, error }: EntryProps) {
  const value = values[field.name]
  const text = typeof value === 'string' ? value : ''
  const common = {
    label: field.label,
    description: field.help,
    required: field.required ?? false,
    error,
    ...(first ? { 'data-autofocus': true } : {}),
  }
  switch (field.type) {
    case 'line':
      return <TextInput {...common} value={text} onChange={(event) => set(event.currentTarget.value)} />
    case 'text':
      return (
        <Textarea {...common} autosize minRows={2} value={text} onChange={(event) => set(event.currentTarget.value)} />
      )
    case 'number':
      return (
        <NumberInput
          {...common}
          hideControls
          value={typeof value === 'number' ? value : ''}
          onChange={(given) => set(typeof given === 'number' ? given : null)}
        />
      )
    case 'day':
      return (
        <DayInput
          label={field.label}
          {...(field.help === undefined ? {} : { description: field.help })}
          required={field.required ?? false}
          error={error}
          value={text === '' ? null : text}
          onChange={set}
        />
      )
    case 'check':
      return (
        <Checkbox
          size="xs"
          label={field.label}
          description={field.help}
          checked={value === true}
          error={error}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      )
    case 'choose':
      return (
        <Select
          {...common}
          // a dialog that opens does not open its first list with it
          openOnFocus={!first}
          searchable
          clearable={field.required !== true}
          limit={100}
          data={[...field.options]}
          value={text === '' ? null : text}
          onChange={set}
        />
      )
    case 'choices':
      return (
        <MultiSelect
          {...common}
          searchable
          clearable
          data={[...field.options]}
          value={Array.isArray(value) ? (value as string[]) : []}
          onChange={set}
        />
      )
    case 'own':
      return field.render({ value, set, error, values })
  }
}
