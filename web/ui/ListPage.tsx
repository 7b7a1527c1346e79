import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'
import { DataTable, type Column } from './DataTable.tsx'
import classes from './ListPage.module.css'
import { Page } from './Page.tsx'
import { EmptyView, ErrorView, Loading, NoMatchView } from './StateViews.tsx'

interface Pages<T> { items: T[]; data: unknown; error: unknown; hasNextPage?: boolean; isFetchingNextPage?: boolean; fetchNextPage?: () => unknown; refetch: () => unknown }

interface Props<T extends { id: string }> {
  title: string
  crumbs?: readonly { title: string; to: string }[]
  figure?: ReactNode
  actions?: ReactNode
  tabs?: ReactNode
  filters?: ReactNode
  /** Shows the search field; the words are `q` in the address. */
  searchable?: boolean
  /** Whether a filter besides the words narrows the list. */
  narrowed?: boolean
  list: Pages<T>
  columns: readonly Column<T>[]
  addressOf?: (row: T) => string
  empty: { title: string; help: string; action?: ReactNode }
}

/** Every register has the same page: search, table, keys, states. */
export function ListPage<T extends { id: string }>({ title, crumbs, figure, actions, tabs, filters, searchable = false, narrowed = false, list, columns, addressOf, empty }: Props<T>) {
  const [address, change] = useAddress()
  const navigate = useNavigate()
  const [current, setCurrent] = useState<string | null>(null)
  const [words, setWords] = useState(address['q'] ?? '')
  const search = useDebouncedCallback((q: string) => change({ q: q === '' ? undefined : q }), 200)
  useEffect(() => setWords(address['q'] ?? ''), [address['q']])
  useKeys(title, [{ keys: '/', label: t('keys.search'), run: () => document.getElementById('list-search')?.focus(), off: !searchable }])
  const { items } = list
  const asked = narrowed || (address['q'] ?? '') !== ''
  return (
    <Page
      title={title}
      {...(crumbs === undefined ? {} : { crumbs })}
      figure={figure}
      actions={actions}
      shape="fill"
      tabs={
        <>
          {tabs}
          {(searchable || filters !== undefined) && (
            <div className={classes['filters']} role="search">
              {searchable && (
                <TextInput
                  id="list-search" size="xs" className={classes['search'] ?? ''} aria-label={t('keys.search')} placeholder={t('keys.search')} leftSection={<IconSearch size={14} aria-hidden />} rightSection={words === '' ? <kbd>/</kbd> : null} value={words}
                  onChange={(event) => {
                    setWords(event.currentTarget.value)
                    search(event.currentTarget.value)
                  }}
                  onKeyDown={(event) => {
                    if (event.key === 'Escape') event.currentTarget.blur()
                  }}
                />
              )}
              {filters}
            </div>
          )}
        </>
      }
    >
      <div className={classes['list']}>
        {list.data === undefined && list.error !== null && list.error !== undefined ? <ErrorView error={list.error} onRetry={() => list.refetch()} />
          : list.data === undefined ? <Loading rows={14} />
          : items.length === 0 && asked ? <NoMatchView onClear={() => change(Object.fromEntries(Object.keys(address).map((name) => [name, undefined])))} />
          : items.length === 0 ? <EmptyView title={empty.title} actions={empty.action}>{empty.help}</EmptyView>
          : (
            <DataTable
              label={title} rows={items} rowId={(row) => row.id} columns={columns} current={current} onCurrent={setCurrent}
              {...(addressOf === undefined ? {} : { addressOf, onOpen: (row: T) => void navigate({ to: addressOf(row) }) })}
              more={list.hasNextPage === true && list.isFetchingNextPage !== true} onEnd={() => list.fetchNextPage?.()}
            />
          )}
      </div>
    </Page>
  )
}

/** A short list that comes whole, in the shape that `ListPage` takes. */
export const wholeList = <T,>(asked: { data: { items: T[] } | undefined; error: unknown; refetch: () => unknown }): Pages<T> => ({ items: asked.data?.items ?? [], data: asked.data, error: asked.error, refetch: asked.refetch })
