import { Progress, Table } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { imports, type ImportRun } from '../../contract/imports.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellFailed } from '../ui/told.ts'
import classes from './Import.module.css'
import { ImportRows } from './ImportRows.tsx'
import { RunStatus } from './RunStatus.tsx'
import { useSourceTitle } from './source-title.ts'

const crumbs = () => [{ title: t('imports.title'), to: paths.imports }]

export default function ImportPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const [going, setGoing] = useState(true)
  const asked = useAsk(imports.show, { id }, { every: going ? 1500 : false })
  const run = asked.data
  const still = run === undefined || run.status === 'running' || run.status === 'waiting'
  if (still !== going && asked.error === null) setGoing(still)
  if (run !== undefined) return <RunView run={run} />
  return (
    <Page title={t('import.title')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

const counted = ['rows', 'incidents', 'created', 'updated', 'unchanged', 'rejected', 'warnings'] as const

function RunView({ run }: { run: ImportRun }) {
  const navigate = useNavigate()
  const [stopping, stop] = useState(false)
  const cancel = useAct(imports.cancel, { onDone: () => stop(false) })
  const resume = useAct(imports.resume, { onDone: (next) => void navigate({ to: paths.import(next.id) }) })
  const carryOut = useAct(imports.carryOut, { onDone: (next) => void navigate({ to: paths.import(next.id) }) })
  const titleOf = useSourceTitle()
  const still = run.status === 'running' || run.status === 'waiting'
  return (
    <Page
      title={run.fileName}
      crumbs={crumbs()}
      figure={<RunStatus run={run} />}
      actions={
        <>
          {still && (
            <ActionButton action={imports.cancel} refusals={run.refusals} variant="default" onClick={() => stop(true)}>
              {t('imports.cancel')}
            </ActionButton>
          )}
          {run.dryRun && run.status === 'done' && (
            <ActionButton
              action={imports.carryOut}
              refusals={run.refusals}
              loading={carryOut.isPending}
              onClick={() => carryOut.mutate({ id: run.id }, { onError: tellFailed })}
            >
              {t('imports.carryOut')}
            </ActionButton>
          )}
          {(run.status === 'failed' || run.status === 'cancelled') && (
            <ActionButton
              action={imports.resume}
              refusals={run.refusals}
              loading={resume.isPending}
              onClick={() => resume.mutate({ id: run.id }, { onError: tellFailed })}
            >
              {t('imports.resume')}
            </ActionButton>
          )}
        </>
      }
    >
      <div className={classes['run']}>
        {still && (
          <div role="status">
            <Progress value={run.progress * 100} aria-label={t('imports.progress')} />
            <p className="soft" style={{ margin: '6px 0 0' }}>
              {t('imports.phase', { percent: Math.floor(run.progress * 100), phase: run.phase })}
            </p>
          </div>
        )}
        {run.error !== null && (
          <p role="alert" className={classes['failed']}>
            {t('imports.failed', { error: run.error })}
          </p>
        )}
        {run.dryRun && <p className="soft">{t('imports.dryRunHelp')}</p>}
        <dl className={classes['counts']}>
          {counted.map((name) => (
            <div key={name}>
              <dt>{t(`imports.count.${name}`)}</dt>
              <dd className="figures">{number(run.counts[name])}</dd>
            </div>
          ))}
        </dl>
        <Section title={t('imports.about')}>
          <Facts
            entries={[
              [t('importNew.source'), titleOf(run.source)],
              [t('imports.by'), run.by],
              [t('imports.started'), run.startedAt === null ? null : <Moment key="s" at={run.startedAt} as="nearby" />],
              [
                t('imports.finished'),
                run.finishedAt === null ? null : <Moment key="f" at={run.finishedAt} as="nearby" />,
              ],
              ...(run.asOf === null ? [] : [[t('importNew.asOf'), run.asOf] as const]),
              [t('importNew.zone'), run.zone],
              ...(run.shiftWeeks === 0
                ? []
                : [[t('imports.shift'), t('imports.weeks', { n: run.shiftWeeks })] as const]),
              ...(run.sniffed === null
                ? []
                : [
                    [
                      t('imports.sniffed'),
                      run.sniffed.sheet !== null
                        ? t('imports.sniffedSheet', { sheet: run.sniffed.sheet })
                        : run.sniffed.delimiter === ''
                          ? t('imports.sniffedJson')
                          : t('imports.sniffedAs', {
                              encoding: run.sniffed.encoding,
                              delimiter: run.sniffed.delimiter === '\t' ? 'tab' : run.sniffed.delimiter,
                              lineEnds: run.sniffed.lineEnds,
                            }),
                    ] as const,
                  ]),
            ]}
          />
          {run.sniffed !== null && (
            <details>
              <summary className="label">{t('imports.headers')}</summary>
              <ul className={classes['headers']}>
                {run.sniffed.headers.map((one, index) => (
                  <li key={index}>
                    <b>{one.header}</b> {one.field ?? <span className="soft">{t('imports.ignored')}</span>}
                  </li>
                ))}
              </ul>
            </details>
          )}
          {run.sniffed !== null && run.sniffed.problems.length > 0 && (
            <ul aria-label={t('imports.headers')}>
              {run.sniffed.problems.map((problem, index) => (
                <li key={index}>{problem}</li>
              ))}
            </ul>
          )}
        </Section>
        {run.report.map((table) => (
          <Section key={table.title} title={table.title}>
            <div className={classes['scroll']} tabIndex={0} role="region" aria-label={table.title}>
              <Table verticalSpacing={3} withRowBorders aria-label={table.title}>
                <Table.Thead>
                  <Table.Tr>
                    {table.columns.map((column, i) => (
                      <Table.Th key={i}>{column}</Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {table.rows.map((row, i) => (
                    <Table.Tr key={i}>
                      {row.map((cell, j) => (
                        <Table.Td key={j} className="figures">
                          {cell}
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          </Section>
        ))}
        <ImportRows id={run.id} still={still} />
      </div>
      {stopping && (
        <ConfirmAct
          opened
          title={t('imports.cancelTitle', { name: run.fileName })}
          verb={t('imports.cancel')}
          busy={cancel.isPending}
          error={cancel.error}
          onConfirm={() => cancel.mutate({ id: run.id })}
          onClose={() => stop(false)}
        >
          {t('imports.cancelHelp')}
        </ConfirmAct>
      )}
    </Page>
  )
}
