import { Button, NumberInput, Progress, Select } from '@mantine/core'
import { useState } from 'react'
import { reports, type AsIfRun } from '../../contract/reports.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { FailureNote } from '../ui/Form.tsx'
import { Moment } from '../ui/Moment.tsx'
import { PromiseItems } from './Behind.tsx'
import classes from './Reports.module.css'

/** The same period judged as if another version of a service level had been in force. */
export function AsIf({ from, to }: { from: string; to: string }) {
  const levels = useAsk(serviceLevels.list, {})
  const [level, choose] = useState<string | null>(null)
  const [revision, setRevision] = useState<number | null>(null)
  const start = useAct(reports.asIf)
  const chosen = levels.data?.items.find((one) => one.id === level)
  const runs = useAsk(
    reports.asIfRuns,
    {},
    { everyWhile: (answer) => (answer?.items.some((run) => run.finishedAt === null) === true ? 1000 : false) },
  )
  return (
    <Section title={t('asIf.title')}>
      <p className="soft">{t('asIf.help')}</p>
      <form
        className={classes['filters']}
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen !== undefined) start.mutate({ level: chosen.id, from, to, revision: revision ?? chosen.revision })
        }}
      >
        <Select
          label={t('serviceLevel.title')}
          searchable
          data={(levels.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
          value={level}
          onChange={(next) => {
            choose(next)
            setRevision(null)
          }}
        />
        <NumberInput
          label={t('asIf.version')}
          min={1}
          max={chosen?.revision ?? 1}
          disabled={chosen === undefined}
          value={revision ?? chosen?.revision ?? 1}
          onChange={(value) => setRevision(Number(value) || 1)}
        />
        <Button type="submit" loading={start.isPending} disabled={chosen === undefined} mt={24}>
          {t('asIf.start')}
        </Button>
      </form>
      <FailureNote error={start.error} />
      <Asked question={runs}>
        {({ items }) => (
          <ul className={classes['runs']} aria-live="polite">
            {items.slice(0, 8).map((run) => (
              <Run key={run.id} run={run} />
            ))}
          </ul>
        )}
      </Asked>
    </Section>
  )
}

function Run({ run }: { run: AsIfRun }) {
  const [open, show] = useState(false)
  const what = t('asIf.of', { level: run.serviceLevel.name, revision: run.revision ?? 0, from: run.from, to: run.to })
  if (run.finishedAt === null)
    return (
      <li>
        {what} · {t('asIf.running', { done: count(run.done), total: run.total === null ? '…' : count(run.total) })}
        <Progress
          value={run.total === null || run.total === 0 ? 0 : (100 * run.done) / run.total}
          aria-label={what}
          animated
        />
      </li>
    )
  return (
    <li>
      {what} · <Moment at={run.finishedAt} />
      <br />
      {run.failed === null ? (
        <>
          {t('asIf.result', {
            keptBefore: count(run.before.kept),
            missedBefore: count(run.before.missed),
            kept: count(run.after.kept),
            missed: count(run.after.missed),
          })}{' '}
          <Button size="compact-xs" variant="default" aria-expanded={open} onClick={() => show(!open)}>
            {t('asIf.which')}
          </Button>
          {open && <Differing run={run.id} />}
        </>
      ) : (
        t('asIf.failed')
      )}
    </li>
  )
}

function Differing({ run }: { run: string }) {
  const asked = useAsk(reports.asIfTickets, { id: run })
  return (
    <Asked question={asked}>
      {({ items, capped }) =>
        items.length === 0 ? (
          <p className="soft">{t('asIf.none')}</p>
        ) : (
          <>
            <PromiseItems items={items} />
            {capped && <p className="soft">{t('asIf.capped')}</p>}
          </>
        )
      }
    </Asked>
  )
}
