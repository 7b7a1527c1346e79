import { Button } from '@mantine/core'
import { IconCircleFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { notificationPreferences, notifications, type Notification } from '../../contract/notifications.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { addressOfSubject, paths } from '../platform/paths.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { useMay, useMe } from '../platform/session.ts'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView, ErrorView, Loading } from '../ui/StateViews.tsx'
import { ViewTabs } from '../ui/Tabs.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import classes from './Notifications.module.css'

export default function NotificationsPage() {
  const [address] = useAddress()
  const readsAssets = useMay('assets.read')
  const view = address['view'] === 'all' ? 'all' : 'unread'
  const list = useAskPages(notifications.list, { limit: 50, ...(view === 'unread' ? { unread: true } : {}) })
  const read = useAct(notifications.read)
  const unread = useMe()?.unreadNotifications ?? 0
  return (
    <Page
      title={t('notifications.title')}
      actions={
        <>
          <Button component={Link} to={paths.myNotifications} variant="subtle">
            {t('notifications.settings')}
          </Button>
          <Button
            variant="default"
            disabled={unread === 0}
            loading={read.isPending}
            onClick={() => read.mutate({}, { onError: tellFailed })}
          >
            {t('notifications.readAll')}
          </Button>
        </>
      }
      tabs={
        <ViewTabs
          label={t('notifications.views')}
          current={view}
          tabs={[
            { id: 'unread', title: t('notifications.unread'), ...(unread > 0 ? { count: String(unread) } : {}) },
            { id: 'all', title: t('notifications.all'), search: { view: 'all' } },
          ]}
        />
      }
    >
      {list.data === undefined ? (
        list.error !== null ? (
          <ErrorView error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <Loading />
        )
      ) : list.items.length === 0 ? (
        <EmptyView title={t(view === 'unread' ? 'notifications.emptyUnread' : 'notifications.empty')}>
          {t('notifications.emptyHelp')}
        </EmptyView>
      ) : (
        <ul className={classes['list']}>
          {list.items.map((one) => {
            const to = one.subject === null ? null : addressOfSubject(one.subject, !readsAssets)
            const seen = (): void => {
              if (one.readAt === null) read.mutate({ ids: [one.id] })
            }
            const words = (
              <>
                {one.sentence}
                {one.subject !== null && (
                  <span className="soft">
                    {' '}
                    {one.subject.reference} {one.subject.title}
                  </span>
                )}
              </>
            )
            return (
              <li key={one.id} className={classes['item']} data-unread={one.readAt === null}>
                <span className={classes['dot']}>
                  {one.readAt === null && <IconCircleFilled size={8} aria-label={t('notifications.isUnread')} />}
                </span>
                {to === null ? (
                  <span className={classes['words']}>{words}</span>
                ) : (
                  <Link to={to} className={classes['words']} onClick={seen}>
                    {words}
                  </Link>
                )}
                <span className="label">
                  <Moment at={one.at} />
                </span>
                {one.subject !== null && <MuteButton subject={one.subject} />}
                {one.readAt === null && (
                  <Button size="compact-xs" variant="subtle" onClick={seen}>
                    {t('notifications.read')}
                    <span className="unseen"> {one.sentence}</span>
                  </Button>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {list.hasNextPage && (
        <Button m="sm" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('table.more')}
        </Button>
      )}
    </Page>
  )
}

function MuteButton({ subject }: { subject: NonNullable<Notification['subject']> }) {
  const mute = useAct(notificationPreferences.mute, {
    onDone: () => tellDone(t('notifications.muted', { reference: subject.reference })),
  })
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      loading={mute.isPending}
      onClick={() => mute.mutate({ kind: subject.kind, id: subject.id }, { onError: tellFailed })}
    >
      {t('notifications.mute')}
      <span className="unseen"> {subject.reference}</span>
    </Button>
  )
}
