import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Commitment, commitments } from '../../contract/commitments.ts'
import { t } from '../platform/i18n.ts'
import { absolute } from '../platform/moments.ts'
import { addressOfSubject, paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { ClockChip, clockKind } from '../ui/ClockChip.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Page } from '../ui/Page.tsx'
import { RichTextView } from '../ui/RichTextView.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellFailed } from '../ui/told.ts'
import { ExplainBody } from './Explain.tsx'
import { CompleteDialog, HandOverDialog, MoveDialog, SnoozeDialog, WaiveDialog } from './later.ts'

const crumbs = () => [{ title: t('commitments.title'), to: paths.commitments }]

export default function CommitmentPage() {
  const { reference } = useParams({ strict: false }) as { reference: string }
  const asked = useAsk(commitments.show, { id: reference })
  if (asked.data !== undefined) return <CommitmentView commitment={asked.data} />
  return (
    <Page title={t('commitment.title')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

type Verb = 'complete' | 'move' | 'snooze' | 'handOver' | 'waive'

function CommitmentView({ commitment: c }: { commitment: Commitment }) {
  const [verb, open] = useState<Verb | null>(null)
  const wake = useAct(commitments.snooze)
  const title = c.byHand?.title ?? `${c.subject.reference} · ${clockKind(c.kind)}`
  const common = { commitment: c.id, title, version: c.version, onClose: () => open(null) }
  const about = addressOfSubject(c.subject)
  return (
    <Page
      title={title}
      heading={
        <>
          <span className="soft">{c.byHand?.reference ?? c.subject.reference}</span> {title}
        </>
      }
      crumbs={crumbs()}
      shape="read"
      figure={c.phase === 'running' || c.phase === 'paused' ? <ClockChip face={c} /> : t(`byHand.phase.${c.phase}`)}
      actions={
        <>
          {c.byHand !== null && (
            <>
              <ActionButton action={commitments.complete} refusals={c.refusals} onClick={() => open('complete')}>
                {t('byHand.done')}
              </ActionButton>
              <ActionButton
                action={commitments.move}
                refusals={c.refusals}
                variant="default"
                onClick={() => open('move')}
              >
                {t('byHand.move')}
              </ActionButton>
            </>
          )}
          <ActionButton
            action={commitments.snooze}
            refusals={c.refusals}
            variant="default"
            onClick={() => open('snooze')}
          >
            {t('byHand.snooze')}
          </ActionButton>
          <ActionButton
            action={commitments.handOver}
            refusals={c.refusals}
            variant="default"
            onClick={() => open('handOver')}
          >
            {t('byHand.handOver')}
          </ActionButton>
          <ActionButton
            action={commitments.waive}
            refusals={c.refusals}
            variant="default"
            onClick={() => open('waive')}
          >
            {t('waive.verb')}
          </ActionButton>
        </>
      }
    >
      <div>
        <Section title={t('byHand.record')}>
          <Facts
            entries={[
              [t('byHand.kind'), clockKind(c.kind)],
              [t('byHand.due'), c.dueAt === null ? null : absolute(c.dueAt)],
              [t('byHand.owner'), c.owner.name],
              [
                t('byHand.about'),
                c.subject.kind === 'commitment' ? null : about === null ? (
                  c.subject.reference
                ) : (
                  <Link key="about" to={about}>
                    {c.subject.reference} {c.subject.title}
                  </Link>
                ),
              ],
              ...(c.byHand === null ? [] : [[t('byHand.madeBy'), c.byHand.madeBy] as const]),
              ...(c.byHand?.evidence == null ? [] : [[t('byHand.evidence'), c.byHand.evidence] as const]),
              ...(c.byHand?.completedBy == null ? [] : [[t('byHand.completedBy'), c.byHand.completedBy] as const]),
              ...(c.breaches.length === 0
                ? []
                : [[t('byHand.missed'), c.breaches.map((b) => absolute(b.deadline)).join(', ')] as const]),
              ...(c.snoozed === null
                ? []
                : [
                    [
                      t('byHand.aside'),
                      <span key="aside">
                        {t('byHand.asideUntil', {
                          until: absolute(c.snoozed.until),
                          by: c.snoozed.by,
                          reason: c.snoozed.reason,
                        })}{' '}
                        <Button
                          size="compact-xs"
                          variant="default"
                          loading={wake.isPending}
                          onClick={() => wake.mutate({ id: c.id, until: null }, { onError: tellFailed })}
                        >
                          {t('byHand.wake')}
                        </Button>
                      </span>,
                    ] as const,
                  ]),
            ]}
          />
        </Section>
        {c.byHand !== null && c.byHand.note !== '' && (
          <Section title={t('byHand.note')}>
            <RichTextView html={c.byHand.note} />
          </Section>
        )}
        <Section title={t('byHand.why')}>
          <ExplainBody commitment={c.id} />
        </Section>
      </div>
      {verb === 'complete' && <CompleteDialog {...common} needsEvidence={c.byHand?.needsEvidence === true} />}
      {verb === 'move' && <MoveDialog {...common} />}
      {verb === 'snooze' && <SnoozeDialog {...common} />}
      {verb === 'handOver' && <HandOverDialog {...common} />}
      {verb === 'waive' && <WaiveDialog {...common} />}
    </Page>
  )
}
