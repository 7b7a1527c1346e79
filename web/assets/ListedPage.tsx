import { useState, type ReactNode } from 'react'
import type { Action } from '../../contract/action.ts'
import { t } from '../platform/i18n.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { RowButton } from '../ui/RowButton.tsx'

interface Row {
  id: string
  name: string
  active: boolean
}
type List<T extends Row> = Parameters<typeof ListPage<T>>[0]['list']

/** A list that describes assets: its rows open a form; what is retired is grey. */
export function ListedPage<T extends Row>({
  title,
  tabs,
  list,
  columns,
  create,
  words,
  searchable = false,
  form,
}: {
  title: string
  tabs: ReactNode
  list: List<T>
  /** Those between the name and whether it is in use. */
  columns: readonly Column<T>[]
  create: Action
  words: { add: string; empty: string; help: string }
  searchable?: boolean
  form: (row: T | null, close: () => void) => ReactNode
}) {
  const [open, setOpen] = useState<T | 'new' | null>(null)
  const close = (): void => setOpen(null)
  const all: Column<T>[] = [
    {
      id: 'name',
      title: t('register.name'),
      width: 'grow',
      main: true,
      render: (row) => <RowButton title={row.name} onClick={() => setOpen(row)} />,
    },
    ...columns,
    {
      id: 'active',
      title: t('vendors.standing'),
      width: 100,
      render: (row) => (row.active ? t('vendors.active') : <span className="soft">{t('vendors.retired')}</span>),
    },
  ]
  const button = (
    <ActionButton action={create} onClick={() => setOpen('new')}>
      {words.add}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={title}
        tabs={tabs}
        list={list}
        columns={all}
        actions={button}
        searchable={searchable}
        empty={{ title: words.empty, help: words.help, action: button }}
      />
      {open !== null && form(open === 'new' ? null : open, close)}
    </>
  )
}
