import type { Action, Sent } from '../../contract/action.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import type { FormField, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'

interface Listed {
  id: string
  version: number
}
interface Props<C extends Action, E extends Action> {
  create: C
  edit: E
  titles: { add: string; edit: string }
  /** Null adds one. */
  record: Listed | null
  start: Values
  fields: readonly FormField[]
  /** Fields that are sent as empty text rather than null. */
  texts?: readonly string[]
  onClose: () => void
}

/** Adds or changes a row of one of the lists that describe assets. */
export function ListedForm<C extends Action, E extends Action>({
  create,
  edit,
  titles,
  record,
  start,
  fields,
  texts = [],
  onClose,
}: Props<C, E>) {
  const making = useAct(create, { onDone: onClose })
  const editing = useAct(edit, { onDone: onClose })
  const act = record === null ? making : editing
  const standing: FormField[] =
    record === null ? [] : [{ name: 'active', label: t('register.active'), type: 'check', wide: true }]
  const submit = (values: Values, version: number | undefined): void => {
    const sent: Values = { ...values }
    for (const name of texts) sent[name] ??= ''
    if (record === null) making.mutate(sent as Sent<C>)
    else editing.mutate({ ...sent, id: record.id, version } as Sent<E>)
  }
  return (
    <RecordForm
      title={record === null ? titles.add : titles.edit}
      verb={record === null ? titles.add : t('save')}
      fields={[...fields, ...standing]}
      start={start}
      version={record?.version}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
