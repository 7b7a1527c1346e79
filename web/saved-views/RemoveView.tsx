import { type SavedView, savedViews } from '../../contract/saved-views.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { tellDone } from '../ui/told.ts'

/** Says for whom a view goes, and asks once. */
export function RemoveView({
  view,
  onRemoved,
  onClose,
}: {
  view: SavedView
  onRemoved: () => void
  onClose: () => void
}) {
  const remove = useAct(savedViews.remove, {
    onDone: () => {
      tellDone(t('views.removed', { name: view.name }))
      onClose()
      onRemoved()
    },
  })
  return (
    <ConfirmAct
      opened
      title={t('views.removeTitle', { name: view.name })}
      verb={t('views.removeVerb')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id: view.id })}
      onClose={onClose}
    >
      {t(view.shared === 'nobody' ? 'views.removeOwn' : 'views.removeShared')}
    </ConfirmAct>
  )
}
