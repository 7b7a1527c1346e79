import { Button } from '@mantine/core'
import { assets } from '../../contract/assets.ts'
import { t } from '../platform/i18n.ts'
import { useAskPages } from '../platform/query.ts'
import { Moment } from '../ui/Moment.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import classes from './AssetPage.module.css'

/** Everything that happened to an asset, newest first. */
export function AssetHistory({ id }: { id: string }) {
  const history = useAskPages(assets.history, { id, limit: 30 })
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
