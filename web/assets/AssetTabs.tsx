import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useMay } from '../platform/session.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

/** The sides of an asset: its record, the tickets about it, what agents see of it, what is installed on it. */
export function AssetTabs({ tag, current }: { tag: string; current: 'record' | 'tickets' | 'seen' | 'software' }) {
  const mayRead = useMay('assets.read')
  const tabs = [
    { id: 'record', title: t('asset.record'), to: paths.asset(tag) },
    ...(mayRead
      ? [
          { id: 'tickets', title: t('assetTickets.tab'), to: paths.assetTickets(tag) },
          { id: 'seen', title: t('assetSeen.tab'), to: paths.assetSeen(tag) },
          { id: 'software', title: t('assetSoftware.tab'), to: paths.assetSoftware(tag) },
        ]
      : []),
  ]
  return <ViewTabs label={t('assetSeen.sides')} current={current} tabs={tabs} />
}
