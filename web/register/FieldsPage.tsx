import { TagsInput } from '@mantine/core'
import { useState } from 'react'
import { type CustomField, fields, fieldTypes } from '../../contract/fields.ts'
import { RegisterTabs } from '../assets/tabs.tsx'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage, wholeList } from '../ui/ListPage.tsx'
import type { FormField, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { RowButton } from '../ui/RowButton.tsx'

/** Fields that the organisation added to its records. */
export default function FieldsPage() {
  const asked = useAsk(fields.list, {})
  const [open, setOpen] = useState<CustomField | 'new' | null>(null)
  const columns: Column<CustomField>[] = [
    {
      id: 'label',
      title: t('fields.label'),
      width: 'grow',
      main: true,
      render: (row) => <RowButton title={row.label} onClick={() => setOpen(row)} />,
    },
    { id: 'key', title: t('fields.key'), width: 160, render: (row) => <code>{row.key}</code> },
    { id: 'type', title: t('fields.type'), width: 130, render: (row) => t(`fields.type.${row.type}`) },
    {
      id: 'rules',
      title: t('fields.rules'),
      width: 240,
      render: (row) =>
        [
          row.required ? t('fields.required') : '',
          row.unique ? t('fields.unique') : '',
          row.encrypted ? t('fields.encrypted') : '',
          row.pattern ?? '',
        ]
          .filter((part) => part !== '')
          .join(', '),
    },
    {
      id: 'sets',
      title: t('fields.sets'),
      width: 220,
      render: (row) => (row.sets.length === 0 ? t('fields.allSets') : row.sets.map((set) => set.name).join(', ')),
    },
    {
      id: 'active',
      title: t('vendors.standing'),
      width: 100,
      render: (row) => (row.active ? t('vendors.active') : <span className="soft">{t('vendors.retired')}</span>),
    },
  ]
  const button = (
    <ActionButton action={fields.define} onClick={() => setOpen('new')}>
      {t('fields.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('fields.title')}
        tabs={<RegisterTabs current="fields" />}
        list={wholeList(asked)}
        columns={columns}
        actions={button}
        empty={{ title: t('fields.empty'), help: t('fields.emptyHelp'), action: button }}
      />
      {open !== null && <FieldForm field={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}

/** A key from what a person reads: `Cost code` becomes `cost_code`. */
const keyFrom = (label: string): string =>
  label
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 60)

function FieldForm({ field, onClose }: { field: CustomField | null; onClose: () => void }) {
  const define = useAct(fields.define, { onDone: onClose })
  const edit = useAct(fields.edit, { onDone: onClose })
  const kinds = useAsk(fields.kinds, {})
  const act = field === null ? define : edit
  const typeOf = (values: Values) => field?.type ?? values['type']
  const isText = (values: Values) => ['text', 'long_text', 'url'].includes(String(typeOf(values)))
  const setsOf = (kinds.data?.items ?? [])
    .filter((one) => one.kind === (field?.kind ?? 'asset'))
    .flatMap((one) => one.sets.map((set) => ({ value: set.id, label: set.name })))
  const form: FormField[] = [
    { name: 'label', label: t('fields.label'), type: 'line', required: true },
    ...(field === null
      ? ([
          { name: 'key', label: t('fields.key'), help: t('fields.keyHelp'), type: 'line' },
          {
            name: 'type',
            label: t('fields.type'),
            type: 'choose',
            required: true,
            options: fieldTypes.map((type) => ({ value: type, label: t(`fields.type.${type}`) })),
          },
        ] satisfies FormField[])
      : []),
    { name: 'help', label: t('fields.help'), type: 'line' },
    {
      name: 'choices',
      label: t('fields.choices'),
      type: 'own',
      off: (values) => typeOf(values) !== 'choice',
      render: ({ value, set, error }) => (
        <TagsInput
          label={t('fields.choices')}
          description={t('fields.choicesHelp')}
          value={Array.isArray(value) ? (value as string[]) : []}
          error={error}
          onChange={set}
        />
      ),
    },
    {
      name: 'pattern',
      label: t('fields.pattern'),
      help: t('fields.patternHelp'),
      type: 'line',
      off: (values) => !isText(values),
    },
    { name: 'sets', label: t('fields.sets'), help: t('fields.setsHelp'), type: 'choices', options: setsOf },
    { name: 'required', label: t('fields.requiredLabel'), type: 'check' },
    {
      name: 'unique',
      label: t('fields.uniqueLabel'),
      type: 'check',
      off: (values) => typeOf(values) === 'boolean' || (field?.encrypted ?? values['encrypted']) === true,
    },
    ...(field === null
      ? ([
          { name: 'encrypted', label: t('fields.encryptedLabel'), help: t('fields.encryptedOnce'), type: 'check' },
        ] satisfies FormField[])
      : ([{ name: 'active', label: t('fields.activeLabel'), type: 'check' }] satisfies FormField[])),
  ]
  const submit = ({ help, key, ...values }: Values, version: number | undefined): void => {
    const sent = { ...values, help: help ?? '' }
    if (field === null)
      define.mutate({
        ...sent,
        kind: 'asset',
        key: typeof key === 'string' ? key : keyFrom(String(values['label'])),
      } as never)
    else edit.mutate({ ...sent, id: field.id, version } as never)
  }
  return (
    <RecordForm
      title={t(field === null ? 'fields.add' : 'fields.edit')}
      verb={t(field === null ? 'fields.add' : 'save')}
      fields={form}
      start={
        field === null
          ? { type: 'text', sets: [], choices: [], required: false, unique: false, encrypted: false }
          : { ...field, sets: field.sets.map((set) => set.id) }
      }
      version={field?.version}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
