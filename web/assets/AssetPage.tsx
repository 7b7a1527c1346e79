import { Link, useParams } from '@tanstack/react-router'
import { type Asset, assets } from '../../contract/assets.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAsk, useAskPages } from '../platform/query.ts'
import { ClockChip } from '../ui/ClockChip.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { moneyWords, stateWord } from './words.tsx'

const crumbs = () => [{ title: t('assets.title'), to: paths.assets }]
const day = (on: string | null) => (on === null ? null : plainDay(on))

export default function AssetPage() {
  const { tag } = useParams({ strict: false }) as { tag: string }
  const asked = useAsk(assets.show, { id: tag })
  if (asked.data !== undefined) return <AssetView asset={asked.data} />
  return (
    <Page title={t('asset.title')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

function AssetView({ asset }: { asset: Asset }) {
  const history = useAskPages(assets.history, { id: asset.id, limit: 50 })
  const open = asset.commitments.filter((c) => c.phase === 'running' || c.phase === 'paused')
  return (
    <Page title={asset.tag} crumbs={crumbs()} shape="read" figure={stateWord(asset.state)}>
      <div>
        <Section title={t('asset.record')}>
          <Facts
            entries={[
              [t('assets.model'), [asset.manufacturer?.name, asset.model?.name].filter(Boolean).join(' ')],
              [t('assets.category'), asset.category.name],
              [t('assets.name'), asset.name],
              [t('assets.serial'), asset.serial],
              [t('assets.location'), asset.location?.name],
              [t('assets.holder'), asset.holder?.name],
              [t('asset.note'), asset.note],
            ]}
          />
        </Section>
        <Section title={t('asset.money')}>
          <Facts
            entries={[
              [t('asset.cost'), moneyWords(asset.cost)],
              [t('asset.vendor'), asset.vendor?.name],
              [t('asset.purchased'), day(asset.purchasedOn)],
              [t('asset.inService'), day(asset.inServiceOn)],
              [t('assets.warranty'), day(asset.warrantyUntil)],
              [t('asset.lease'), day(asset.leaseUntil)],
              [t('asset.endOfLife'), day(asset.endOfLife?.on ?? null)],
              [t('asset.nextAudit'), day(asset.nextAuditOn)],
            ]}
          />
        </Section>
        {asset.fields.length > 0 && (
          <Section title={t('asset.fields')}>
            <Facts
              entries={asset.fields.map((field) => [
                field.label,
                field.encrypted && field.given ? t('asset.encrypted') : field.text,
              ])}
            />
          </Section>
        )}
        <Section title={t('asset.commitments')}>
          {open.length === 0 ? (
            <p className="soft">{t('asset.nothingPromised')}</p>
          ) : (
            <Facts
              entries={open.map((c) => [
                c.title ?? c.kind,
                <span key={c.commitment} style={{ display: 'flex', gap: 12, alignItems: 'center', flexWrap: 'wrap' }}>
                  <Link to={paths.commitment(c.commitment)}>{c.owner.name}</Link>
                  <ClockChip face={c} />
                </span>,
              ])}
            />
          )}
        </Section>
        <Section title={t('asset.history')}>
          {history.data === undefined ? (
            history.error === null ? (
              <Loading rows={3} />
            ) : (
              <ErrorView error={history.error} onRetry={() => void history.refetch()} />
            )
          ) : (
            <ol style={{ margin: 0, padding: 0, listStyle: 'none' }}>
              {history.items.map((entry) => (
                <li key={entry.id} style={{ display: 'flex', gap: 12, padding: '3px 0' }}>
                  <span className="soft" style={{ flex: '0 0 110px' }}>
                    <Moment at={entry.at} as="nearby" />
                  </span>
                  <span>
                    <b style={{ fontWeight: 500 }}>{entry.by.name}</b> {entry.event?.sentence}
                  </span>
                </li>
              ))}
            </ol>
          )}
        </Section>
      </div>
    </Page>
  )
}
