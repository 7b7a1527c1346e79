import { Modal, SimpleGrid } from '@mantine/core'
import { useState } from 'react'
import { FieldEntry, type FormField, type Values } from './FieldEntry.tsx'
import { fieldError, Form } from './Form.tsx'

interface Props {
  title: string
  /** What holds for all of the fields, said before them. */
  help?: string | undefined
  verb: string
  fields: readonly FormField[]
  start: Values
  /** Of the record that is changed; what `onSubmit` is handed is that of the moment the form was opened. */
  version?: number | undefined
  busy: boolean
  error: unknown
  onSubmit: (values: Values, opened: number | undefined) => void
  onClose: () => void
}

const isMissing = (field: FormField, value: unknown): boolean =>
  field.required === true &&
  (value === null || value === undefined || (typeof value === 'string' && value.trim() === ''))

/** A record to be added or changed, in a dialog: its fields as data, two columns where there is room. Empty text is sent as null. */
export function RecordForm({ title, help, verb, fields, start, version, busy, error, onSubmit, onClose }: Props) {
  const [values, setValues] = useState<Values>(start)
  // the record behind the form moves on with the work of others; what was typed belongs to what was seen
  const [opened] = useState(version)
  const shown = fields.filter((field) => field.off?.(values) !== true)
  const submit = (): void =>
    onSubmit(
      Object.fromEntries(
        shown.map((field) => {
          const value = values[field.name]
          return [field.name, typeof value === 'string' && value.trim() === '' ? null : value]
        }),
      ),
      opened,
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
        {help !== undefined && (
          <p className="soft" style={{ margin: '0 0 10px' }}>
            {help}
          </p>
        )}
        <SimpleGrid cols={fields.length > 7 ? { base: 1, sm: 2 } : 1} spacing="sm" verticalSpacing="sm">
          {shown.map((field, index) => (
            <div key={field.name} style={field.wide === true ? { gridColumn: '1 / -1' } : {}}>
              <FieldEntry
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
