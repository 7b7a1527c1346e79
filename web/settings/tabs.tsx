import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useMay } from '../platform/session.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

export function OrganisationTabs({
  current,
}: {
  current: 'queues' | 'categories' | 'skills' | 'rules' | 'macros' | 'channels' | 'keys'
}) {
  const mayConfigure = useMay('tickets.configure')
  const mayWork = useMay('tickets.work')
  const mayStaff = useMay('people.write')
  const mayMail = useMay('mail.manage')
  const mayKeys = useMay('keys.manage')
  const tabs = [
    ...(mayConfigure
      ? [
          { id: 'queues', title: t('organisation.title'), to: paths.organisation },
          { id: 'categories', title: t('categories.title'), to: paths.categories },
        ]
      : []),
    ...(mayStaff ? [{ id: 'skills', title: t('skills.title'), to: paths.skills }] : []),
    ...(mayConfigure ? [{ id: 'rules', title: t('rules.title'), to: paths.rules }] : []),
    ...(mayWork ? [{ id: 'macros', title: t('macros.title'), to: paths.macros }] : []),
    ...(mayMail ? [{ id: 'channels', title: t('channels.page'), to: paths.channels }] : []),
    ...(mayKeys ? [{ id: 'keys', title: t('apiKeys.title'), to: paths.keys }] : []),
  ]
  return <ViewTabs label={t('organisation.nav')} current={current} tabs={tabs} />
}
