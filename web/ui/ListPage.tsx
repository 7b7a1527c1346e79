import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'
import type { Column } from './columns.ts'
import { DataTable } from './DataTable.tsx'
import classes from './ListPage.module.css'
import { Page } from './Page.tsx'
import { SearchField } from './SearchField.tsx'
import { EmptyView, ErrorView, Loading, NoMatchView } from './StateViews.tsx'

interface Pages<T> {
  items: T[]
  data: unknown
  error: unknown
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?: () => unknown
  refetch: () => unknown
}

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
export function ListPage<T extends { id: string }>({
  title,
  crumbs,
  figure,
  actions,
  tabs,
  filters,
  searchable = false,
  narrowed = false,
  list,
  columns,
  addressOf,
  empty,
}: Props<T>) {
  const [address, change] = useAddress()
  const navigate = useNavigate()
  const [current, setCurrent] = useState<string | null>(null)
  useKeys(title, [
    {
      keys: '/',
      label: t('keys.search'),
      run: () => document.getElementById('list-search')?.focus(),
      off: !searchable,
    },
  ])
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
                <SearchField
                  id="list-search"
                  className={classes['search']}
                  words={address['q'] ?? ''}
                  onSearch={(q) => change({ q: q === '' ? undefined : q })}
                />
              )}
              {filters}
            </div>
          )}
        </>
      }
    >
      <div className={classes['list']}>
        {list.data === undefined && list.error !== null && list.error !== undefined ? (
          <ErrorView error={list.error} onRetry={() => list.refetch()} />
        ) : list.data === undefined ? (
          <Loading rows={14} />
        ) : items.length === 0 && asked ? (
          <NoMatchView
            onClear={() => change(Object.fromEntries(Object.keys(address).map((name) => [name, undefined])))}
          />
        ) : items.length === 0 ? (
          <EmptyView title={empty.title} actions={empty.action}>
            {empty.help}
          </EmptyView>
        ) : (
          <DataTable
            label={title}
            rows={items}
            rowId={(row) => row.id}
            columns={columns}
            current={current}
            onCurrent={setCurrent}
            {...(addressOf === undefined
              ? {}
              : { addressOf, onOpen: (row: T) => void navigate({ to: addressOf(row) }) })}
            more={list.hasNextPage === true && list.isFetchingNextPage !== true}
            onEnd={() => list.fetchNextPage?.()}
          />
        )}
      </div>
    </Page>
  )
}

/** A short list that comes whole, in the shape that `ListPage` takes. */
export const wholeList = <T,>(asked: {
  data: { items: T[] } | undefined
  error: unknown
  refetch: () => unknown
}): Pages<T> => ({ items: asked.data?.items ?? [], data: asked.data, error: asked.error, refetch: asked.refetch })
