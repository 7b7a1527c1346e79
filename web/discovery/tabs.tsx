import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useMay } from '../platform/session.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

type Tab = 'devices' | 'pairs' | 'agents' | 'programs' | 'unreadable' | 'scans' | 'keys'

export function DiscoveryTabs({ current }: { current: Tab }) {
  const mayManage = useMay('discovery.manage')
  const tabs = [
    { id: 'devices', title: t('devices.tab'), to: paths.discovery },
    { id: 'pairs', title: t('pairs.tab'), to: paths.devicePairs },
    { id: 'agents', title: t('agents.tab'), to: paths.agents },
    { id: 'programs', title: t('programs.tab'), to: paths.programs },
    { id: 'unreadable', title: t('unreadable.tab'), to: paths.unreadableReports },
    ...(mayManage
      ? [
          { id: 'scans', title: t('scans.tab'), to: paths.snmpScans },
          { id: 'keys', title: t('agentKeys.tab'), to: paths.agentKeys },
        ]
      : []),
  ]
  return <ViewTabs label={t('discovery.title')} current={current} tabs={tabs} />
}

export const discoveryCrumb = () => ({ title: t('discovery.title'), to: paths.discovery })
