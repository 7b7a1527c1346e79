import { assetAudits } from '../../contract/asset-audits.ts'
import { LocationField } from '../locations/LocationField.tsx'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { Section } from '../ui/Facts.tsx'
import { later } from '../ui/later.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView, ErrorView, Loading, NoMatchView } from '../ui/StateViews.tsx'
import classes from './Audits.module.css'
import { auditsCrumb, AuditsTabs } from './tabs.tsx'
import { percent } from './words.tsx'

const AccuracyChart = later(async () => (await import('./AccuracyChart.tsx')).default)

interface Tally {
  found: number
  missing: number
  elsewhere: number
  new: number
  share: number | null
}
const figures = ['found', 'missing', 'elsewhere', 'new'] as const

/** How true the register was found to be, month by month and place by place, with its definition beside it. */
export default function AccuracyPage() {
  const [address, change] = useAddress()
  const location = address['location'] ?? null
  const asked = useAsk(assetAudits.accuracy, location === null ? {} : { location }, { keep: true })
  const { data } = asked
  return (
    <Page title={t('accuracy.title')} crumbs={[auditsCrumb()]} tabs={<AuditsTabs current="accuracy" />} shape="read">
      {data === undefined ? (
        asked.error === null ? (
          <Loading />
        ) : (
          <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />
        )
      ) : data.months.length === 0 && location === null ? (
        <EmptyView title={t('accuracy.empty')}>{t('accuracy.emptyHelp')}</EmptyView>
      ) : (
        <div>
          <p className="soft">{t('accuracy.definition')}</p>
          <div style={{ maxWidth: 420, marginBottom: 12 }}>
            <LocationField
              label={t('accuracy.within')}
              value={location}
              onChange={(next) => change({ location: next ?? undefined })}
            />
          </div>
          {data.months.length === 0 ? (
            <NoMatchView onClear={() => change({ location: undefined })} />
          ) : (
            <>
              <Section title={t('accuracy.byMonth')}>
                <AccuracyChart months={data.months} />
                <Tallies
                  first={[t('accuracy.month'), t('accuracy.kind')]}
                  rows={data.months.map((m) => ({
                    id: `${m.month} ${m.kind}`,
                    words: [m.month, t(`accuracy.kind.${m.kind}`, { n: m.closed })],
                    tally: m,
                  }))}
                />
              </Section>
              <Section title={t('accuracy.byPlace')}>
                <Tallies
                  first={[t('accuracy.place')]}
                  rows={data.places.map((p) => ({
                    id: p.location?.id ?? '',
                    words: [p.location?.name ?? t('accuracy.noPlace')],
                    tally: p,
                  }))}
                />
              </Section>
            </>
          )}
        </div>
      )}
    </Page>
  )
}

function Tallies({
  first,
  rows,
}: {
  first: readonly string[]
  rows: readonly { id: string; words: readonly string[]; tally: Tally }[]
}) {
  return (
    <table className={classes['tallies']}>
      <thead>
        <tr>
          {first.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
          <th scope="col">{t('accuracy.share')}</th>
          {figures.map((one) => (
            <th key={one} scope="col">
              {t(`accuracy.${one}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, words, tally }) => (
          <tr key={id}>
            {words.map((word, i) =>
              i === 0 ? (
                <th key={word} scope="row">
                  {word}
                </th>
              ) : (
                <td key={word}>{word}</td>
              ),
            )}
            <td data-label={t('accuracy.share')}>
              <b>{percent(tally.share)}</b>
            </td>
            {figures.map((one) => (
              <td key={one} data-label={t(`accuracy.${one}`)}>
                {number(tally[one])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
