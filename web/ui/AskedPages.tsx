import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../platform/i18n.ts'
import { ErrorView, Loading } from './StateViews.tsx'

/** A question that is answered page by page. */
export interface Pages<T> {
  items: readonly T[]
  data: unknown
  error: unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
  refetch: () => unknown
}

interface Props<T> {
  of: Pages<T>
  /** Said where there is nothing. */
  empty?: string
  /** On the button that fetches the next page. */
  more?: string
  children: (items: readonly T[]) => ReactNode
}

/** The states of a list inside a page: loading, error, nothing, then its items, page after page. */
export function AskedPages<T>({ of: pages, empty, more = t('table.more'), children }: Props<T>) {
  if (pages.data === undefined)
    return pages.error === null ? (
      <Loading rows={4} />
    ) : (
      <ErrorView error={pages.error} onRetry={() => void pages.refetch()} />
    )
  if (empty !== undefined && pages.items.length === 0) return <p className="soft">{empty}</p>
  return (
    <>
      {children(pages.items)}
      {pages.hasNextPage && (
        <Button mt="xs" variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {more}
        </Button>
      )}
    </>
  )
}
