import { Button, Progress } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type BulkEdit, bulkVerdicts, ticketBulkEdits } from '../../contract/ticket-bulk-edits.ts'
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
import classes from './BulkEdit.module.css'
import { BulkRows } from './BulkRows.tsx'

const crumbs = () => [
  { title: t('queue.title'), to: paths.tickets },
  { title: t('bulkEdits.title'), to: paths.bulkEdits },
]
const isOver = ({ status }: BulkEdit): boolean => status !== 'waiting' && status !== 'running'

/** How far a bulk edit is, and what came of it. */
export default function BulkEditPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  // the live feed tells of each portion; the round is for when it is silent
  const asked = useAsk(
    ticketBulkEdits.show,
    { id },
    { everyWhile: (edit) => edit !== undefined && !isOver(edit) && 3000 },
  )
  if (asked.data !== undefined) return <BulkView edit={asked.data} />
  return (
    <Page title={t('bulkEdit.title')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

function BulkView({ edit }: { edit: BulkEdit }) {
  const [stopping, ask] = useState(false)
  const stop = useAct(ticketBulkEdits.stop, { onDone: () => ask(false) })
  const over = isOver(edit)
  return (
    <Page
      title={t('bulkEdit.title')}
      crumbs={crumbs()}
      figure={t(`bulkEdit.status.${edit.status}`)}
      actions={
        <>
          <Button component="a" variant="default" href={`/api/v1/ticket-bulk-edits/${edit.id}/report.csv`} download>
            {t('bulkEdit.report')}
          </Button>
          {!over && (
            <ActionButton action={ticketBulkEdits.stop} refusals={edit.refusals} onClick={() => ask(true)}>
              {t('bulkEdit.stop')}
            </ActionButton>
          )}
        </>
      }
    >
      <div className={classes['edit']}>
        <div role="status">
          {!over && <Progress value={(edit.settled / edit.total) * 100} aria-label={t('bulkEdit.progress')} />}
          <p className="soft" style={{ margin: '6px 0 0' }}>
            {t('bulkEdit.progressWords', { settled: edit.settled, total: edit.total })}
          </p>
        </div>
        {edit.error !== null && <p role="alert">{t('bulkEdit.failed', { error: edit.error })}</p>}
        <dl className={classes['counts']}>
          {bulkVerdicts.map((verdict) => (
            <div key={verdict}>
              <dt>{t(`bulkEdit.count.${verdict}`)}</dt>
              <dd className="figures">{number(edit.counts[verdict])}</dd>
            </div>
          ))}
        </dl>
        <Section title={t('bulkEdit.about')}>
          <Facts
            entries={[
              [t('bulkEdit.change'), edit.change.join(' · ')],
              [t('bulkEdit.which'), t(edit.byFilter ? 'bulkEdit.byFilter' : 'bulkEdit.byHand')],
              [t('bulkEdit.asked'), <Moment key="a" at={edit.createdAt} as="nearby" />],
              [
                t('bulkEdit.ended'),
                edit.finishedAt === null ? null : <Moment key="e" at={edit.finishedAt} as="nearby" />,
              ],
            ]}
          />
        </Section>
        <BulkRows id={edit.id} />
      </div>
      <ConfirmAct
        opened={stopping}
        title={t('bulkEdit.stopTitle')}
        verb={t('bulkEdit.stop')}
        busy={stop.isPending}
        error={stop.error}
        onConfirm={() => stop.mutate({ id: edit.id })}
        onClose={() => ask(false)}
      >
        {t('bulkEdit.stopHelp')}
      </ConfirmAct>
    </Page>
  )
}
