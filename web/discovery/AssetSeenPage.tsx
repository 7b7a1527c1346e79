import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type AssetFact, assetSeen } from '../../contract/devices.ts'
import { AssetTabs } from '../assets/AssetTabs.tsx'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { DeviceSupport } from '../ui/DeviceSupport.tsx'
import { Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { SeenTable } from './SeenTable.tsx'
import { SeenBy } from './SeenBy.tsx'

/** An asset as its agents see it, and where each value of its record comes from. */
export default function AssetSeenPage() {
  const { tag = '' } = useParams({ strict: false })
  const asked = useAsk(assetSeen.show, { id: tag })
  return (
    <Page
      title={tag}
      crumbs={[{ title: t('assets.title'), to: paths.assets }]}
      shape="read"
      tabs={<AssetTabs tag={tag} current="seen" />}
    >
      <Asked question={asked}>
        {({ device, facts, seen }) =>
          device === null ? (
            <EmptyView title={t('assetSeen.empty')}>{t('assetSeen.emptyHelp')}</EmptyView>
          ) : (
            <div>
              <Section
                title={t('assetSeen.facts')}
                actions={<Link to={paths.device(device.id)}>{t('assetSeen.device')}</Link>}
              >
                <FactsTable facts={facts} />
              </Section>
              <DeviceSupport device={device.id} />
              <SeenBy seen={seen} />
            </div>
          )
        }
      </Asked>
    </Page>
  )
}

function FactsTable({ facts }: { facts: readonly AssetFact[] }) {
  return (
    <SeenTable
      label={t('assetSeen.facts')}
      columns={(['assetSeen.field', 'assetSeen.current', 'assetSeen.origin', 'assetSeen.said'] as const).map((key) => ({
        key,
        head: t(key),
      }))}
    >
      {facts.map((fact) => (
        <tr key={fact.field}>
          <th scope="row">{t(`assetSeen.field.${fact.field}`)}</th>
          <td>{fact.current}</td>
          <td>{originWords(fact)}</td>
          <td>
            {fact.said
              .filter((one) => !one.isSame)
              .map((one) => (
                <div key={one.source}>
                  {one.value}{' '}
                  <span className="soft">
                    {one.by} · <Moment at={one.at} as="nearby" />
                  </span>
                </div>
              ))}
          </td>
        </tr>
      ))}
    </SeenTable>
  )
}

function originWords({ origin }: AssetFact): ReactNode {
  if (origin === null) return null
  return (
    <>
      {origin.by ?? t(`assetSeen.source.${origin.source}`)}
      {origin.at !== null && (
        <span className="soft">
          {' '}
          · <Moment at={origin.at} as="nearby" />
        </span>
      )}
    </>
  )
}
