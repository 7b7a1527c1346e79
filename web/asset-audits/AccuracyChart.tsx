import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { Answer } from '../../contract/action.ts'
import type { assetAudits } from '../../contract/asset-audits.ts'
import { t } from '../platform/i18n.ts'
import classes from './Audits.module.css'
import { percent } from './words.tsx'

echarts.use([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer])

type Month = Answer<typeof assetAudits.accuracy>['months'][number]

/** The latest months that can be told apart; the table has them all. */
const most = 24

/** Accuracy by month as bars from zero, audits and campaigns beside each other. The table below says the same. */
export default function AccuracyChart({ months }: { months: readonly Month[] }) {
  const holder = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = holder.current
    if (element === null) return
    const style = getComputedStyle(element)
    const color = (name: string): string => style.getPropertyValue(name).trim()
    const rows = months.slice(-most)
    const chart = echarts.init(element, null, { renderer: 'svg' })
    const axis = { axisLabel: { color: color('--ink-soft') }, axisLine: { lineStyle: { color: color('--line') } } }
    chart.setOption({
      animation: false,
      aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
      grid: { left: 8, right: 8, top: 24, bottom: 8, containLabel: true },
      tooltip: { trigger: 'axis', confine: true },
      xAxis: {
        type: 'category',
        data: rows.map((m) => `${m.month}\n${t(`accuracy.kind.${m.kind}`, { n: m.closed })}`),
        ...axis,
        axisLabel: { ...axis.axisLabel, lineHeight: 17, hideOverlap: true },
      },
      yAxis: { type: 'value', min: 0, max: 100, ...axis, splitLine: { lineStyle: { color: color('--line-soft') } } },
      series: [
        {
          type: 'bar',
          barMaxWidth: 34,
          itemStyle: { color: color('--accent') },
          label: {
            show: true,
            position: 'top',
            color: color('--ink'),
            formatter: ({ dataIndex }: { dataIndex: number }) => percent(rows[dataIndex]?.share ?? null),
          },
          data: rows.map((m) => (m.share === null ? null : Math.round(m.share * 1000) / 10)),
        },
      ],
    })
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(element)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [months])
  return <div ref={holder} className={classes['chart']} role="img" aria-label={t('accuracy.chart')} />
}
