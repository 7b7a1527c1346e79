import { Menu } from '@mantine/core'
import { savedViews } from '../../contract/saved-views.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { tellDone, tellFailed } from '../ui/told.ts'
import type { ShownView } from './shown-view.ts'

interface Props {
  shown: ShownView
  onAsk: (what: 'save' | 'edit' | 'remove') => void
}

const sameFilter = (a: Record<string, string>, b: Record<string, string>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([field, value]) => b[field] === value)

/** The lines of the menu; what is not the reader's to change is not offered. */
export function ViewItems({ shown, onAsk }: Props) {
  const { list, tabs, opensWith, current, filter, columns, onSaved } = shown
  const update = useAct(savedViews.edit, {
    onDone: ({ id, name }) => {
      tellDone(t('views.updated', { name }))
      onSaved(id)
    },
  })
  const arrange = useAct(savedViews.arrange)
  const { saved } = current
  const may = saved !== undefined && saved.refusals['edit'] == null
  const differs = saved !== undefined && (!sameFilter(saved.filter, filter) || saved.columns !== columns)
  const at = tabs.indexOf(current.id)
  const move = (by: -1 | 1): void => {
    const next = tabs.filter((id) => id !== current.id)
    next.splice(at + by, 0, current.id)
    arrange.mutate({ list, tabs: next, opensWith }, { onError: tellFailed })
  }
  const openWith = (): void =>
    arrange.mutate(
      { list, tabs: [...tabs], opensWith: current.id },
      { onError: tellFailed, onSuccess: () => tellDone(t('views.opensWith', { name: current.name })) },
    )
  return (
    <>
      <Menu.Item onClick={() => onAsk('save')}>{t('views.save')}</Menu.Item>
      {may && differs && (
        <Menu.Item
          onClick={() =>
            update.mutate({ id: saved.id, version: saved.version, filter, columns }, { onError: tellFailed })
          }
        >
          {t('views.update')}
        </Menu.Item>
      )}
      {may && <Menu.Item onClick={() => onAsk('edit')}>{t('views.edit')}</Menu.Item>}
      {may && <Menu.Item onClick={() => onAsk('remove')}>{t('views.remove')}</Menu.Item>}
      <Menu.Divider />
      <Menu.Item disabled={at <= 0} onClick={() => move(-1)}>
        {t('views.earlier')}
      </Menu.Item>
      <Menu.Item disabled={at === tabs.length - 1} onClick={() => move(1)}>
        {t('views.later')}
      </Menu.Item>
      <Menu.Item disabled={opensWith === current.id} onClick={openWith}>
        {t('views.openWith')}
      </Menu.Item>
    </>
  )
}
