import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

/** What one has, and what one is asked about it. */
export const MyThingsTabs = ({ current }: { current: 'things' | 'check' }) => (
  <ViewTabs
    label={t('myThings.title')}
    current={current}
    tabs={[
      { id: 'things', title: t('myCheck.things'), to: paths.myThings },
      { id: 'check', title: t('myCheck.tab'), to: paths.myCheck },
    ]}
  />
)
