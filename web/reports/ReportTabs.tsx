import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

/** The reports beside each other. */
export const ReportTabs = ({ current }: { current: 'promises' | 'models' | 'ratings' | 'time' | 'incidents' }) => (
  <ViewTabs
    label={t('reports.all')}
    current={current}
    tabs={[
      { id: 'promises', title: t('reports.title'), to: paths.reports },
      { id: 'models', title: t('modelFailures.title'), to: paths.modelFailures },
      { id: 'ratings', title: t('ratings.title'), to: paths.ratings },
      { id: 'time', title: t('timeReport.title'), to: paths.timeReport },
      { id: 'incidents', title: t('incident.page'), to: paths.majorIncidents },
    ]}
  />
)
