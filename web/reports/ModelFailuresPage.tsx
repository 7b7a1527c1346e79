import { Select } from '@mantine/core'
import { useState } from 'react'
import { commitments } from '../../contract/commitments.ts'
import { type ModelFailure, modelFailures } from '../../contract/model-failures.ts'
import { MakeDialog } from '../commitments/later.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { decimal } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { ReportTabs } from './ReportTabs.tsx'

type Row = ModelFailure & { id: string }
const months = ['3', '6', '12', '24', '36']
const rate = (value: number | null): string | null => (value === null ? null : decimal(value, 2))

/** What the figures say, in words. */
const verdictWords = ({ verdict, ratio, chance }: Row): string =>
  t(`modelFailures.verdict.${verdict}`, {
    times: ratio === null ? 'none' : decimal(ratio, 1),
    chance: chance === null ? '' : chance < 0.001 ? t('modelFailures.hardly') : decimal(chance * 100, 1),
  })

const columns = (review: (row: Row) => void): Column<Row>[] => [
  {
    id: 'model',
    title: t('assets.model'),
    width: 'grow',
    main: true,
    render: (row) => [row.manufacturer?.name, row.model.name].filter(Boolean).join(' '),
  },
  { id: 'category', title: t('assets.category'), width: 130, render: (row) => row.category.name },
  { id: 'devices', title: t('modelFailures.devices'), width: 80, weight: 0, render: (row) => row.devices },
  { id: 'failures', title: t('modelFailures.failures'), width: 80, weight: 0, render: (row) => row.own.failures },
  { id: 'rate', title: t('modelFailures.rate'), width: 130, weight: 0, render: (row) => rate(row.own.rate) },
  { id: 'peers', title: t('modelFailures.peers'), width: 110, weight: 0, render: (row) => rate(row.peers.rate) },
  { id: 'verdict', title: t('modelFailures.says'), width: 320, render: verdictWords },
  {
    id: 'review',
    title: '',
    width: 130,
    render: (row) =>
      row.verdict === 'more' ? (
        <ActionButton action={commitments.make} size="compact-xs" variant="default" onClick={() => review(row)}>
          {t('modelFailures.review')}
        </ActionButton>
      ) : null,
  },
]

/** How often each model fails beside its peers; one that does so more often is proposed for a review. */
export default function ModelFailuresPage() {
  const [address, change] = useAddress()
  const [reviewed, review] = useState<Row | null>(null)
  const period = months.includes(address['months'] ?? '') ? address['months']! : '12'
  const asked = useAsk(modelFailures.list, { months: Number(period) }, { keep: true })
  return (
    <>
      <ListPage
        title={t('modelFailures.title')}
        tabs={<ReportTabs current="models" />}
        list={{ ...asked, items: (asked.data?.items ?? []).map((row) => ({ ...row, id: row.model.id })) }}
        columns={columns(review)}
        addressOf={(row) => paths.assetsOf({ model: row.model.id })}
        filters={
          <>
            <Select
              size="xs"
              w={160}
              aria-label={t('modelFailures.period')}
              data={months.map((value) => ({ value, label: t('modelFailures.months', { n: Number(value) }) }))}
              value={period}
              allowDeselect={false}
              onChange={(next) => change({ months: next ?? undefined })}
            />
            <span className="soft">{t('modelFailures.help')}</span>
          </>
        }
        empty={{ title: t('modelFailures.empty'), help: t('modelFailures.emptyHelp') }}
      />
      {reviewed !== null && (
        <MakeDialog
          start={{
            kind: 'review',
            title: t('modelFailures.reviewTitle', {
              model: [reviewed.manufacturer?.name, reviewed.model.name].filter(Boolean).join(' '),
              times: reviewed.ratio === null ? 'none' : decimal(reviewed.ratio, 1),
            }),
          }}
          onClose={() => review(null)}
        />
      )}
    </>
  )
}
