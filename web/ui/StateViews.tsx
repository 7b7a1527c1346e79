import { Button, CopyButton, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconFilterOff, IconInbox, IconLock, IconMapSearch } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { ApiError, OfflineError } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { requestIdOf, sentenceOf } from '../platform/failures.ts'
import classes from './StateViews.module.css'

interface Shape {
  icon: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
  state: string
}

function StateView({ icon, title, children, actions, state }: Shape) {
  return (
    <section className={classes['view']} data-state={state}>
      <span className={classes['icon']} aria-hidden>
        {icon}
      </span>
      <h2 className={classes['title']}>{title}</h2>
      {children !== undefined && <div className={classes['text']}>{children}</div>}
      {actions !== undefined && <div className={classes['actions']}>{actions}</div>}
    </section>
  )
}

/** What belongs here, and the button that begins it. */
export const EmptyView = ({
  title,
  children,
  actions,
}: {
  title: string
  children?: ReactNode
  actions?: ReactNode
}) => (
  <StateView state="empty" icon={<IconInbox size={26} stroke={1.4} />} title={title} actions={actions}>
    {children}
  </StateView>
)

/** Filters that leave nothing: say so, and offer to drop them. */
export const NoMatchView = ({ onClear }: { onClear: () => void }) => (
  <StateView
    state="no-match"
    icon={<IconFilterOff size={26} stroke={1.4} />}
    title={t('state.noMatch')}
    actions={
      <Button variant="default" onClick={onClear}>
        {t('state.clearFilters')}
      </Button>
    }
  >
    {t('state.noMatchHelp')}
  </StateView>
)

export const NoPermissionView = ({ what }: { what?: string }) => (
  <StateView state="no-permission" icon={<IconLock size={26} stroke={1.4} />} title={t('state.noPermission')}>
    {what ?? t('state.noPermissionHelp')}
  </StateView>
)

export const NotFoundView = ({ actions }: { actions?: ReactNode }) => (
  <StateView
    state="not-found"
    icon={<IconMapSearch size={26} stroke={1.4} />}
    title={t('state.notFound')}
    actions={actions}
  >
    {t('state.notFoundHelp')}
  </StateView>
)

export function ErrorView({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error instanceof ApiError && error.status === 403) return <NoPermissionView what={error.message} />
  if (error instanceof ApiError && error.status === 404) return <NotFoundView />
  const request = requestIdOf(error)
  const offline = error instanceof OfflineError
  return (
    <StateView
      state={offline ? 'offline' : 'error'}
      icon={offline ? <IconCloudOff size={26} stroke={1.4} /> : <IconAlertTriangle size={26} stroke={1.4} />}
      title={offline ? t('state.offline') : t('state.error')}
      actions={
        <>
          <Button variant="default" onClick={onRetry}>
            {t('state.retry')}
          </Button>
          {request !== null && (
            <CopyButton value={request}>
              {({ copied, copy }) => (
                <Button variant="subtle" onClick={copy}>
                  {copied ? t('state.copied') : t('state.copyRequest')}
                </Button>
              )}
            </CopyButton>
          )}
        </>
      }
    >
      {offline ? t('state.offlineHelp') : sentenceOf(error)}
      {request !== null && <div className="label">{t('state.request', { request })}</div>}
    </StateView>
  )
}

/** The real layout in grey, only when waiting is long enough to notice. */
export function Loading({ rows = 12, children }: { rows?: number; children?: ReactNode }) {
  const [shown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), 200)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" className={classes['loading']}>
      <span className="unseen">{t('state.loading')}</span>
      {shown &&
        (children ??
          Array.from({ length: rows }, (_, index) => (
            <Skeleton key={index} height={14} width={`${92 - ((index * 17) % 38)}%`} my={9} />
          )))}
    </div>
  )
}
