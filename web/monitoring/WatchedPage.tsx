import { Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Action } from '../../contract/action.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { MonitoringTabs } from './tabs.tsx'

interface Watched {
  id: string
  name: string
}

interface Props<T extends Watched> {
  tab: 'heartbeats' | 'checks'
  list: Parameters<typeof ListPage<T>>[0]['list']
  columns: readonly Column<T>[]
  actions: { create: Action; edit: Action; remove: Action }
  words: { title: string; add: string; empty: string; emptyHelp: string; removeTitle: (name: string) => string }
  removal: { mutate: (input: { id: string }) => void; isPending: boolean; error: unknown }
  /** Besides editing and removing. */
  moreActs?: (row: T) => ReactNode
  actsWidth: number
  form: (record: T | null, close: () => void) => ReactNode
}

/** A list of what is watched, each with its verbs, and the forms that add and change it. */
export function WatchedPage<T extends Watched>({
  tab,
  list,
  columns,
  actions,
  words,
  removal,
  moreActs,
  actsWidth,
  form,
}: Props<T>) {
  const [open, setOpen] = useState<T | 'new' | null>(null)
  const [removing, remove] = useState<T | null>(null)
  const acts: Column<T> = {
    id: 'acts',
    title: t('heartbeats.acts'),
    bare: true,
    width: actsWidth,
    weight: 7,
    render: (row) => (
      <Group gap={4} wrap="nowrap">
        {moreActs?.(row)}
        <ActionButton action={actions.edit} size="compact-xs" variant="default" onClick={() => setOpen(row)}>
          {t('edit')}
          <span className="unseen"> {row.name}</span>
        </ActionButton>
        <ActionButton action={actions.remove} size="compact-xs" variant="default" onClick={() => remove(row)}>
          {t('heartbeats.remove')}
          <span className="unseen"> {row.name}</span>
        </ActionButton>
      </Group>
    ),
  }
  const button = (
    <ActionButton
      action={actions.create}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => setOpen('new')}
    >
      {words.add}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={words.title}
        crumbs={[{ title: t('alerts.title'), to: paths.alerts }]}
        tabs={<MonitoringTabs current={tab} />}
        list={list}
        columns={[...columns, acts]}
        actions={button}
        empty={{ title: words.empty, help: words.emptyHelp, action: button }}
      />
      {open !== null && form(open === 'new' ? null : open, () => setOpen(null))}
      {removing !== null && list.items.some((one) => one.id === removing.id) && (
        <ConfirmAct
          opened
          title={words.removeTitle(removing.name)}
          verb={t('heartbeats.remove')}
          busy={removal.isPending}
          error={removal.error}
          onConfirm={() => removal.mutate({ id: removing.id })}
          onClose={() => remove(null)}
        >
          {t('heartbeats.removeHelp')}
        </ConfirmAct>
      )}
    </>
  )
}
