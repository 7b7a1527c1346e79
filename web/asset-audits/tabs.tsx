import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

export const AuditsTabs = ({ current }: { current: 'open' | 'over' | 'campaigns' | 'accuracy' }) => (
  <ViewTabs
    label={t('audits.title')}
    current={current}
    tabs={[
      { id: 'open', title: t('audits.view.open'), to: paths.audits },
      { id: 'over', title: t('audits.view.over'), to: paths.audits, search: { view: 'over' } },
      { id: 'campaigns', title: t('attestations.title'), to: paths.attestations },
      { id: 'accuracy', title: t('audits.view.accuracy'), to: paths.accuracy },
    ]}
  />
)

export const auditsCrumb = () => ({ title: t('audits.title'), to: paths.audits })
