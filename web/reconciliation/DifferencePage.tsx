import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Difference, differences } from '../../contract/reconciliation.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import classes from './DifferencePage.module.css'
import { LeaveDialog } from './LeaveDialog.tsx'
import { kindWord, SeverityMark, thingOf } from './words.tsx'

/** One difference: what either side says beside each other, and what mends it. */
export default function DifferencePage() {
  const { id = '' } = useParams({ strict: false })
  const asked = useAsk(differences.show, { id })
  return (
    <Page
      title={asked.data === undefined ? t('differences.one') : `${thingOf(asked.data)}: ${kindWord(asked.data.kind)}`}
      crumbs={[{ title: t('differences.page'), to: paths.reconciliation }]}
      shape="read"
      figure={asked.data === undefined ? undefined : <SeverityMark severity={asked.data.severity} />}
      actions={asked.data === undefined ? undefined : <Acts difference={asked.data} />}
    >
      <Asked question={asked}>{(f) => <Whole difference={f} />}</Asked>
    </Page>
  )
}

function Whole({ difference: f }: { difference: Difference }) {
  return (
    <div>
      <div className={classes['sides']}>
        <section aria-label={t('differences.register')}>
          <h2>{t('differences.register')}</h2>
          <p>{f.register}</p>
          {f.asset !== null && (
            <Link to={paths.asset(f.asset.tag)}>{[f.asset.tag, f.asset.name].filter(Boolean).join(' ')}</Link>
          )}
        </section>
        <section aria-label={t('differences.seen')}>
          <h2>{t('differences.seen')}</h2>
          <p>{f.seen}</p>
          {f.device !== null && <Link to={paths.device(f.device.id)}>{f.device.name || t('devices.nameless')}</Link>}
        </section>
      </div>
      <Section title={t('differences.todo')}>
        <p>{f.state === 'closed' ? (f.closed?.why ?? '') : f.advice}</p>
        {f.ruleFailed !== null && <p>{t('differences.ruleFailed', { why: f.ruleFailed })}</p>}
      </Section>
      <Section title={t('differences.record')}>
        <Facts
          entries={[
            [t('differences.state'), t(`differences.state.${f.state}`)],
            [t('differences.since'), <Moment key="since" at={f.since} />],
            [t('differences.opened'), <Moment key="opened" at={f.openedAt} />],
            ...(f.closed === null
              ? []
              : [[t('differences.closed'), <Moment key="closed" at={f.closed.at} />] as const]),
            ...(f.left === null
              ? []
              : ([
                  [t('differences.leftBecause'), f.left.reason],
                  [t('differences.leftBy'), f.left.by],
                  [
                    t('differences.until'),
                    f.left.until === null ? t('differences.factsChange') : plainDay(f.left.until),
                  ],
                ] as const)),
            [t('assets.category'), f.category?.name],
            [t('assets.location'), f.location?.name],
          ]}
        />
      </Section>
    </div>
  )
}

function Acts({ difference: f }: { difference: Difference }) {
  const [leaving, setLeaving] = useState(false)
  const mayOpen = useMay('tickets.open')
  const done = { onDone: () => tellDone(t('differences.mended')) }
  const mend = useAct(differences.mend, done)
  const undo = useAct(differences.undo, { onDone: () => tellDone(t('differences.undone')) })
  const reopen = useAct(differences.reopen, { onDone: () => tellDone(t('differences.reopened')) })
  const { id, version, refusals } = f
  if (f.state === 'closed')
    return refusals['undo'] === null ? (
      <ActionButton
        action={differences.undo}
        refusals={refusals}
        variant="default"
        loading={undo.isPending}
        onClick={() => undo.mutate({ id }, { onError: tellFailed })}
      >
        {t('differences.undo')}
      </ActionButton>
    ) : null
  return (
    <>
      {f.state === 'left' ? (
        <ActionButton
          action={differences.reopen}
          refusals={refusals}
          variant="default"
          onClick={() => reopen.mutate({ id }, { onError: tellFailed })}
        >
          {t('differences.reopen')}
        </ActionButton>
      ) : (
        <ActionButton action={differences.leave} refusals={refusals} variant="default" onClick={() => setLeaving(true)}>
          {t('differences.leave')}
        </ActionButton>
      )}
      {f.remedies.toReversed().map((remedy) => (
        <ActionButton
          key={remedy}
          action={differences.mend}
          refusals={refusals}
          loading={mend.isPending && mend.variables.remedy === remedy}
          variant={remedy === f.remedies[0] ? 'filled' : 'default'}
          onClick={() => mend.mutate({ id, version, remedy }, { onError: tellFailed })}
        >
          {remedy === f.remedies[0] && f.proposal !== null ? f.proposal : t(`differences.remedy.${remedy}`)}
        </ActionButton>
      ))}
      {f.asset !== null && mayOpen && (
        <Button
          component={Link}
          to={paths.newTicketAbout(f.asset.tag, `${thingOf(f)}: ${kindWord(f.kind)}`)}
          variant={f.remedies.length === 0 ? 'filled' : 'default'}
        >
          {t('assetTickets.open')}
        </Button>
      )}
      {leaving && <LeaveDialog ids={[id]} onClose={() => setLeaving(false)} onDone={() => setLeaving(false)} />}
    </>
  )
}
