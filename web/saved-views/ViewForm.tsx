import { type SavedView, savedViews } from '../../contract/saved-views.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { useMay, useMe } from '../platform/session.ts'
import type { FormField, Option, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { tellDone } from '../ui/told.ts'
import type { ShownView } from './shown-view.ts'

interface Props {
  shown: ShownView
  /** The one that is renamed or shared; without, what is shown is saved as a new one. */
  view: SavedView | undefined
  onClose: () => void
}

/** A team is chosen as `team:` and its id. */
const sharingOf = (chosen: unknown): { shared: 'nobody' | 'everyone' | 'team'; team: string | null } => {
  const value = typeof chosen === 'string' ? chosen : 'nobody'
  if (value.startsWith('team:')) return { shared: 'team', team: value.slice('team:'.length) }
  return { shared: value === 'everyone' ? 'everyone' : 'nobody', team: null }
}

/** Name of a view, and with whom it is shared. */
export function ViewForm({ shown, view, onClose }: Props) {
  const me = useMe()
  const shares = useMay('people.read')
  const done = ({ id, name }: SavedView): void => {
    tellDone(t(view === undefined ? 'views.saved' : 'views.edited', { name }))
    onClose()
    if (view === undefined) shown.onSaved(id)
  }
  const save = useAct(savedViews.save, { onDone: done })
  const edit = useAct(savedViews.edit, { onDone: done })
  const teams = [...(me?.teams ?? [])]
  if (view?.team != null && !teams.some(({ id }) => id === view.team?.id)) teams.push(view.team)
  const options: Option[] = [
    { value: 'nobody', label: t('views.nobody') },
    ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: t('views.team', { name }) })),
    { value: 'everyone', label: t('views.everyone') },
  ]
  const fields: FormField[] = [
    { name: 'name', label: t('views.name'), type: 'line', required: true },
    {
      name: 'sharing',
      label: t('views.sharedWith'),
      help: t('views.sharedHelp'),
      type: 'choose',
      required: true,
      options,
      off: () => !shares,
    },
  ]
  const submit = ({ name, sharing }: Values, version: number | undefined): void => {
    const given = { name: String(name), ...(shares ? sharingOf(sharing) : {}) }
    if (view === undefined) save.mutate({ ...given, list: shown.list, filter: shown.filter, columns: shown.columns })
    else edit.mutate({ ...given, id: view.id, ...(version === undefined ? {} : { version }) })
  }
  return (
    <RecordForm
      title={view === undefined ? t('views.saveTitle') : t('views.editTitle', { name: view.name })}
      verb={view === undefined ? t('views.saveVerb') : t('save')}
      fields={fields}
      start={{
        name: view?.name ?? '',
        sharing: view?.team != null ? `team:${view.team.id}` : (view?.shared ?? 'nobody'),
      }}
      version={view?.version}
      busy={save.isPending || edit.isPending}
      error={view === undefined ? save.error : edit.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
