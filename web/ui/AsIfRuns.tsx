import { Button, Progress } from '@mantine/core'
import { useState } from 'react'
import { reports, type AsIfRun } from '../../contract/reports.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from './Asked.tsx'
import { Moment } from './Moment.tsx'
import { PromiseItems } from './PromiseItems.tsx'
import classes from './AsIf.module.css'

const most = 8

/** What was judged last, newest first; of a level, or one run alone. Asked again while one is being judged. */
export function AsIfRuns({ level, only }: { level?: string; only?: string }) {
  const runs = useAsk(reports.asIfRuns, level === undefined ? {} : { level }, {
    everyWhile: (answer) => (answer?.items.some((run) => run.finishedAt === null) === true ? 1000 : false),
  })
  return (
    <Asked question={runs}>
      {({ items }) => (
        <ul className={classes['items']} aria-live="polite">
          {items
            .filter((run) => only === undefined || run.id === only)
            .slice(0, most)
            .map((run) => (
              <AsIfRunLine key={run.id} run={run} />
            ))}
        </ul>
      )}
    </Asked>
  )
}

/** A period judged as if another version had been in force: how far it has come, then what came out. */
function AsIfRunLine({ run }: { run: AsIfRun }) {
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
