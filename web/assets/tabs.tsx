import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

type Tab = 'models' | 'manufacturers' | 'categories' | 'depreciation' | 'pools' | 'locations' | 'fields' | 'services'

/** What describes assets, beside each other. */
export const RegisterTabs = ({ current }: { current: Tab }) => (
  <ViewTabs
    label={t('register.nav')}
    current={current}
    tabs={[
      { id: 'models', title: t('models.title'), to: paths.assetModels },
      { id: 'manufacturers', title: t('manufacturers.title'), to: paths.manufacturers },
      { id: 'categories', title: t('assetCategories.title'), to: paths.assetCategories },
      { id: 'locations', title: t('locations.title'), to: paths.locations },
      { id: 'fields', title: t('fields.title'), to: paths.customFields },
      { id: 'services', title: t('services.title'), to: paths.services },
      { id: 'pools', title: t('pools.title'), to: paths.loanPools },
      { id: 'depreciation', title: t('depreciation.title'), to: paths.depreciation },
    ]}
  />
)
