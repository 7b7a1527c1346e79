import { Button } from '@mantine/core'
import type { TimelineEntry } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import classes from './History.module.css'
import { Moment } from './Moment.tsx'
import { ErrorView, Loading } from './StateViews.tsx'

interface Pages {
  items: readonly TimelineEntry[]
  data: unknown
  error: unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
  refetch: () => unknown
}

/** Everything that happened to a record, newest first, page after page. */
export function History({ of: history }: { of: Pages }) {
  if (history.data === undefined)
    return history.error === null ? (
      <Loading rows={3} />
    ) : (
      <ErrorView error={history.error} onRetry={() => void history.refetch()} />
    )
  return (
    <>
      <ol className={classes['history']}>
        {history.items.map((entry) => (
          <li key={entry.id}>
            <span className={classes['when']}>
              <Moment at={entry.at} as="nearby" />
            </span>
            <span>
              <b>{entry.by.name}</b> {entry.event?.sentence}
            </span>
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button variant="subtle" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t('conversation.earlier')}
        </Button>
      )}
    </>
  )
}
