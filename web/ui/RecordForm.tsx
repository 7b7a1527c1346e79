import { Checkbox, Modal, MultiSelect, NumberInput, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { DayInput } from './DayInput.tsx'
import { fieldError, Form } from './Form.tsx'

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

interface Props {
  title: string
  verb: string
  fields: readonly FormField[]
  start: Values
  busy: boolean
  error: unknown
  onSubmit: (values: Values) => void
  onClose: () => void
}

const isMissing = (field: FormField, value: unknown): boolean =>
  field.required === true &&
  (value === null || value === undefined || (typeof value === 'string' && value.trim() === ''))

/** A record to be added or changed, in a dialog: its fields as data, two columns where there is room. Empty text is sent as null. */
export function RecordForm({ title, verb, fields, start, busy, error, onSubmit, onClose }: Props) {
  const [values, setValues] = useState<Values>(start)
  const shown = fields.filter((field) => field.off?.(values) !== true)
  const submit = (): void =>
    onSubmit(
      Object.fromEntries(
        shown.map((field) => {
          const value = values[field.name]
          return [field.name, typeof value === 'string' && value.trim() === '' ? null : value]
        }),
      ),
    )
  return (
    <Modal opened onClose={onClose} title={title} size={fields.length > 7 ? 'xl' : 'md'}>
      <Form
        onSubmit={submit}
        verb={verb}
        busy={busy}
        error={error}
        onCancel={onClose}
        disabled={shown.some((field) => isMissing(field, values[field.name]))}
      >
        <SimpleGrid cols={fields.length > 7 ? { base: 1, sm: 2 } : 1} spacing="sm" verticalSpacing="sm">
          {shown.map((field, index) => (
            <div key={field.name} style={field.wide === true ? { gridColumn: '1 / -1' } : {}}>
              <Entry
                field={field}
                first={index === 0}
                values={values}
                set={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
                error={fieldError(error, field.name)}
              />
            </div>
          ))}
        </SimpleGrid>
      </Form>
    </Modal>
  )
}

interface EntryProps {
  field: FormField
  first: boolean
  values: Values
  set: (value: unknown) => void
  error: string | undefined
}

function Entry({ field, first, values, set, error }: EntryProps) {
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
          onChange={(event) => set(event.currentTarget.checked)}
        />
      )
    case 'choose':
      return (
        <Select
          {...common}
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
