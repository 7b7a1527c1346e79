import type { FastifyInstance } from 'fastify'
import { reports, type PromiseReport } from '../../contract/reports.ts'
import { sentence } from '../platform/catalogue.ts'
import { disposition } from '../platform/disposition.ts'
import { type Identify, parse, permitted } from '../platform/mount.ts'
import { type Platform, runQuery } from '../platform/platform.ts'
import { inCsv } from './rules/csv-cell.ts'
import { reportPromises } from './queries/report-promises.ts'

/** The report as it is shown, as a workbook or as comma-separated values (RFC 4180); the same permission and the same visibility. */
export const mountPromiseExports =
  (platform: Platform) =>
  (app: FastifyInstance, identify: Identify): void => {
    const ask = async (request: Parameters<Identify>[0]): Promise<PromiseReport> => {
      const actor = await permitted(request, identify, reports.promises.permission)
      const input = parse(reports.promises, request.query, request.params)
      return runQuery(platform, actor, (ctx) => reportPromises(ctx, input), request.id)
    }
    const name = (r: PromiseReport, kind: string) => `promises-${r.by}-${r.from}-${r.to}.${kind}`
    app.get('/api/v1/reports/promises.csv', async (request, reply) => {
      const report = await ask(request)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', disposition('attachment', name(report, 'csv')))
        .header('cache-control', 'no-store')
        .send(`\uFEFF${[columns(), ...lines(report)].map((line) => line.map(inCsv).join(',')).join('\r\n')}\r\n`)
    })
    app.get('/api/v1/reports/promises.xlsx', async (request, reply) => {
      const report = await ask(request)
      return reply
        .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', disposition('attachment', name(report, 'xlsx')))
        .header('cache-control', 'no-store')
        .send(await workbook(report))
    })
  }

const columns = (): string[] =>
  ['what', 'kept', 'missed', 'share', 'response-median', 'response-p90', 'resolution-median', 'resolution-p90'].map(
    (c) => sentence(`reports.column.${c}`, {}),
  )

type Cell = string | number | null

/** Working time in hours, to the hundredth. */
const hours = (seconds: number | undefined): number | null =>
  seconds === undefined ? null : Math.round(seconds / 36) / 100

function lines(report: PromiseReport): Cell[][] {
  const line = (title: string, r: PromiseReport['total']): Cell[] => [
    title,
    r.kept,
    r.missed,
    r.kept + r.missed === 0 ? null : Math.round((1000 * r.kept) / (r.kept + r.missed)) / 1000,
    hours(r.firstResponse?.median),
    hours(r.firstResponse?.p90),
    hours(r.resolution?.median),
    hours(r.resolution?.p90),
  ]
  return [
    ...report.rows.map((r) => line(r.week ?? r.name ?? sentence('reports.none', { by: report.by }), r)),
    line(sentence('reports.total', {}), report.total),
  ]
}

/** Cells are written as values, never as formulas, so that no name can be one. */
async function workbook(report: PromiseReport): Promise<Buffer> {
  // a library of 40 MB is fetched by whoever asks for a workbook
  const { default: ExcelJS } = await import('exceljs')
  const book = new ExcelJS.Workbook()
  book.creator = 'Linchpin'
  const sheet = book.addWorksheet(sentence('reports.sheet', {}), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.addRow(columns()).font = { bold: true }
  for (const line of lines(report)) sheet.addRow(line)
  sheet.lastRow!.font = { bold: true }
  sheet.getColumn(1).width = 40
  sheet.getColumn(4).numFmt = '0.0 %'
  for (let i = 5; i <= 8; i++) {
    sheet.getColumn(i).width = 22
    sheet.getColumn(i).numFmt = '0.00'
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}
