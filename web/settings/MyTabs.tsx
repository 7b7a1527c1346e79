import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useMay } from '../platform/session.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

/** The pages of what everybody sets for themselves. */
export function MyTabs({ current }: { current: 'general' | 'notifications' | 'feeds' }) {
  const mayFeed = useMay('commitments.read')
  return (
    <ViewTabs
      label={t('mySettings.title')}
      current={current}
      tabs={[
        { id: 'general', title: t('mySettings.general'), to: paths.settings },
        { id: 'notifications', title: t('myNotifications.title'), to: paths.myNotifications },
        ...(mayFeed ? [{ id: 'feeds', title: t('feeds.title'), to: paths.feeds }] : []),
      ]}
    />
  )
}
