import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

/** The pages of what everybody sets for themselves. */
export const MyTabs = ({ current }: { current: 'general' | 'notifications' }) => (
  <ViewTabs
    label={t('mySettings.title')}
    current={current}
    tabs={[
      { id: 'general', title: t('mySettings.general'), to: paths.settings },
      { id: 'notifications', title: t('myNotifications.title'), to: paths.myNotifications },
    ]}
  />
)
