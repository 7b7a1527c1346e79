import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useMay } from '../platform/session.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

export function SystemTabs({ current }: { current: 'health' | 'jobs' | 'backups' }) {
  const mayRead = useMay('system.read')
  const mayHooks = useMay('webhooks.manage')
  const tabs = [
    ...(mayRead
      ? [
          { id: 'health', title: t('system.health'), to: paths.system },
          { id: 'jobs', title: t('jobs.title'), to: paths.jobs },
          { id: 'backups', title: t('backups.title'), to: paths.backups },
        ]
      : []),
    ...(mayHooks ? [{ id: 'webhooks', title: t('webhooks.title'), to: paths.webhooks }] : []),
  ]
  return <ViewTabs label={t('system.title')} current={current} tabs={tabs} />
}
