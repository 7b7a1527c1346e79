import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Attestation, attestations } from '../../contract/attestations.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { count, plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { History } from '../ui/History.tsx'
import { Page } from '../ui/Page.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { ViewTabs } from '../ui/Tabs.tsx'
import { tellDone } from '../ui/told.ts'
import { Differences } from './Differences.tsx'
import { People } from './People.tsx'
import { askedWords } from './words.ts'

const views = ['people', 'differences', 'about'] as const
const crumbs = () => [{ title: t('attestations.title'), to: paths.attestations }]

export default function AttestationPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(attestations.show, { id })
  if (asked.data !== undefined) return <Campaign campaign={asked.data} />
  return (
    <Page title={t('attestation.title')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

/** How far people are, what differs, and what happened. */
function Campaign({ campaign }: { campaign: Attestation }) {
  const [address] = useAddress()
  // what the page opens with stays when the last difference is settled
  const [first] = useState(campaign.counts.unsettled > 0 ? ('differences' as const) : ('people' as const))
  const view = views.find((one) => one === address['view']) ?? first
  const [step, take] = useState<Step | null>(null)
  const { counts } = campaign
  const countOf = { people: counts.people, differences: counts.unsettled }
  const isRunning = campaign.state === 'running'
  return (
    <Page
      title={campaign.name}
      crumbs={crumbs()}
      figure={t('attestation.figure', {
        state: t(`attestations.state.${campaign.state}`),
        done: counts.done,
        people: counts.people,
      })}
      shape={view === 'about' ? 'read' : 'fill'}
      actions={
        isRunning && (
          <>
            <ActionButton action={attestations.close} refusals={campaign.refusals} onClick={() => take('close')}>
              {t('attestation.close')}
            </ActionButton>
            <ActionButton
              action={attestations.move}
              refusals={campaign.refusals}
              variant="default"
              onClick={() => take('move')}
            >
              {t('attestation.move')}
            </ActionButton>
            <ActionButton
              action={attestations.cancel}
              refusals={campaign.refusals}
              variant="default"
              onClick={() => take('cancel')}
            >
              {t('attestation.cancel')}
            </ActionButton>
          </>
        )
      }
      tabs={
        <ViewTabs
          label={t('attestation.title')}
          current={view}
          tabs={views.map((id) => ({
            id,
            title: t(`attestation.tab.${id}`),
            search: { view: id },
            ...(id === 'about' ? {} : { count: count(countOf[id]) }),
          }))}
        />
      }
    >
      {view === 'people' ? (
        <People campaign={campaign} />
      ) : view === 'differences' ? (
        <Differences campaign={campaign} />
      ) : (
        <About campaign={campaign} />
      )}
      {step !== null && <Steps campaign={campaign} step={step} onClose={() => take(null)} />}
    </Page>
  )
}

type Step = 'close' | 'move' | 'cancel'

function Steps({ campaign, step, onClose }: { campaign: Attestation; step: Step; onClose: () => void }) {
  const { id, name, version, counts } = campaign
  const done = (words: string) => () => {
    tellDone(words)
    onClose()
  }
  const close = useAct(attestations.close, { onDone: done(t('attestation.closed')) })
  const cancel = useAct(attestations.cancel, { onDone: done(t('attestation.cancelled')) })
  const move = useAct(attestations.move, { onDone: done(t('attestation.moved')) })
  if (step === 'move')
    return (
      <RecordForm
        title={t('attestation.moveTitle')}
        verb={t('attestation.move')}
        fields={[{ name: 'dueOn', label: t('attestations.due'), type: 'day', required: true }]}
        start={{ dueOn: campaign.dueOn }}
        version={version}
        busy={move.isPending}
        error={move.error}
        onSubmit={(values) => move.mutate({ id, dueOn: String(values['dueOn']) })}
        onClose={onClose}
      />
    )
  const act = step === 'close' ? close : cancel
  return (
    <ConfirmAct
      opened
      title={t(`attestation.${step}Title`, { name })}
      verb={t(`attestation.${step}`)}
      {...(step === 'cancel' ? { reason: { label: t('attestation.reason'), required: true, minimum: 3 } } : {})}
      busy={act.isPending}
      error={act.error}
      onConfirm={(reason) => (step === 'close' ? close.mutate({ id }) : cancel.mutate({ id, reason }))}
      onClose={onClose}
    >
      {t(`attestation.${step}Help`, { n: counts.people - counts.done })}
    </ConfirmAct>
  )
}

function About({ campaign }: { campaign: Attestation }) {
  const history = useAskPages(attestations.history, { id: campaign.id, limit: 50 })
  return (
    <div>
      <Section title={t('attestation.title')}>
        <Facts
          entries={[
            [t('attestations.name'), `${campaign.reference} ${campaign.name}`],
            [t('attestations.asked'), askedWords(campaign)],
            [t('attestations.due'), plainDay(campaign.dueOn)],
            [t('attestations.owner'), campaign.owner.name],
            [t('attestations.note'), campaign.note],
          ]}
        />
      </Section>
      <Section title={t('attestation.history')}>
        <History of={history} />
      </Section>
    </div>
  )
}
