import { Button, Select } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { Suspense } from 'react'
import { groupings, reports, type Grouping, type PromiseReport } from '../../contract/reports.ts'
import { presetKinds } from '../../contract/service-levels.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { Asked } from '../ui/Asked.tsx'
import { clockKind } from '../ui/ClockChip.tsx'
import { DayInput } from '../ui/DayInput.tsx'
import { Page } from '../ui/Page.tsx'
import { soon } from '../ui/piece.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { AsIf } from './AsIf.tsx'
import { Behind } from './Behind.tsx'
import { Figures } from './Figures.tsx'
import { ReportTabs } from './ReportTabs.tsx'
import classes from './Reports.module.css'

const Chart = soon(() => import('./PromiseChart.tsx'))
const dayOf = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)
const isGrouping = (text: string | undefined): text is Grouping => groupings.some((one) => one === text)

/** Promises kept and missed: figures, the same as a picture, and the very tickets behind each. */
export default function ReportsPage() {
  const [address, change] = useAddress()
  const by = isGrouping(address['by']) ? address['by'] : 'level'
  const from = address['from'] ?? dayOf(12 * 7)
  const to = address['to'] ?? dayOf(0)
  const kind = address['kind']
  const asked = useAsk(reports.promises, { by, from, to, ...(kind === undefined ? {} : { kind }) }, { keep: true })
  const mayCompare = useMay('tickets.all')
  const link = (format: string): string =>
    `/api/v1/reports/promises.${format}?${new URLSearchParams({ by, from, to, ...(kind === undefined ? {} : { kind }) }).toString()}`
  return (
    <Page
      title={t('reports.title')}
      tabs={<ReportTabs current="promises" />}
      actions={(['xlsx', 'csv'] as const).map((format) => (
        <Button
          key={format}
          component="a"
          href={link(format)}
          download
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {t(`reports.as.${format}`)}
        </Button>
      ))}
    >
      <div className={classes['body']}>
        <div className={classes['filters']}>
          <Select
            label={t('reports.by')}
            data={groupings.map((one) => ({ value: one, label: t(`reports.by.${one}`) }))}
            value={by}
            onChange={(next) => change({ by: next ?? undefined, row: undefined, outcome: undefined })}
          />
          <DayInput label={t('reports.from')} value={from} onChange={(day) => day !== null && change({ from: day })} />
          <DayInput label={t('reports.to')} value={to} onChange={(day) => day !== null && change({ to: day })} />
          <Select
            label={t('reports.kind')}
            clearable
            placeholder={t('reports.everyKind')}
            data={[...new Set([...presetKinds, ...(kind === undefined ? [] : [kind])])].map((one) => ({
              value: one,
              label: clockKind(one),
            }))}
            value={kind ?? null}
            onChange={(next) => change({ kind: next ?? undefined })}
          />
        </div>
        <Asked question={asked}>
          {(report: PromiseReport) =>
            report.rows.length === 0 ? (
              <EmptyView title={t('reports.empty')}>{t('reports.emptyHelp')}</EmptyView>
            ) : (
              <>
                <Suspense fallback={<div className={classes['chart']} aria-busy />}>
                  <Chart report={report} />
                </Suspense>
                <Figures
                  report={report}
                  chosen={{ row: address['row'], outcome: address['outcome'] }}
                  onChoose={(row, outcome) => change({ row, outcome })}
                />
                <Behind report={report} kind={kind} row={address['row']} outcome={address['outcome']} />
              </>
            )
          }
        </Asked>
        {mayCompare && <AsIf from={from} to={to} />}
      </div>
    </Page>
  )
}
