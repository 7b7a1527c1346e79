import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

/** The pages of monitoring beside each other. */
export const MonitoringTabs = ({ current }: { current: 'firing' | 'all' | 'sources' | 'heartbeats' | 'checks' }) => (
  <ViewTabs
    label={t('alerts.title')}
    current={current}
    tabs={[
      { id: 'firing', title: t('alerts.firing'), to: paths.alerts },
      { id: 'all', title: t('alerts.all'), to: paths.alerts, search: { view: 'all' } },
      { id: 'heartbeats', title: t('heartbeats.title'), to: paths.heartbeats },
      { id: 'checks', title: t('checks.title'), to: paths.serviceChecks },
      { id: 'sources', title: t('alertSources.title'), to: paths.alertSources },
    ]}
  />
)
