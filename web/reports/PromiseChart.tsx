import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { PromiseReport } from '../../contract/reports.ts'
import { t } from '../platform/i18n.ts'
import { nameOf } from './names.ts'
import classes from './Reports.module.css'

echarts.use([BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer])

/** As many bars as can be told apart; the table has them all. */
const most = 26

/** Kept and missed as stacked bars. The table below says the same. */
export default function PromiseChart({ report }: { report: PromiseReport }) {
  const holder = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = holder.current
    if (element === null) return
    const style = getComputedStyle(element)
    const color = (name: string): string => style.getPropertyValue(name).trim()
    const rows = report.by === 'week' ? report.rows.slice(-most) : report.rows.slice(0, most)
    const chart = echarts.init(element, null, { renderer: 'svg' })
    const axis = { axisLabel: { color: color('--ink-soft') }, axisLine: { lineStyle: { color: color('--line') } } }
    const bars = (key: 'kept' | 'missed', fill: string, decal: object | undefined) => ({
      name: t(`reports.${key}`),
      type: 'bar' as const,
      stack: 'promises',
      barMaxWidth: 34,
      itemStyle: { color: fill, ...(decal === undefined ? {} : { decal }) },
      data: rows.map((row) => row[key]),
    })
    chart.setOption({
      animation: false,
      aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
      grid: { left: 8, right: 8, top: 34, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, textStyle: { color: color('--ink') } },
      tooltip: { trigger: 'axis', confine: true },
      xAxis: {
        type: 'category',
        data: rows.map((row) => nameOf(report, row)),
        ...axis,
        axisLabel: { ...axis.axisLabel, hideOverlap: true, width: 110, overflow: 'truncate' },
      },
      yAxis: { type: 'value', minInterval: 1, ...axis, splitLine: { lineStyle: { color: color('--line-soft') } } },
      series: [
        bars('kept', color('--chart-kept'), undefined),
        bars('missed', color('--chart-missed'), {
          symbol: 'line',
          dashArrayX: [1, 0],
          dashArrayY: [2, 4],
          rotation: 0.8,
        }),
      ],
    })
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(element)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [report])
  return (
    <div
      ref={holder}
      className={classes['chart']}
      role="img"
      aria-label={t('reports.chart', { kept: report.total.kept, missed: report.total.missed })}
    />
  )
}
